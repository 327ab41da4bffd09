namespace NsiPortal.Domain.Courses;

/// <summary>
/// The contents of the NSI programmes in force: Première (arrêté of 17 January 2019, BO spécial n° 1 of 22 January 2019) and Terminale
/// (arrêté of 17 July 2019, BO spécial n° 8 of 25 July 2019).
/// </summary>
public static class Programme
{
    public static IReadOnlyList<ProgrammeContent> Contents { get; } =
    [
        .. Theme(Level.Premiere, "P-HIST", "Histoire de l’informatique",
            "Événements clés de l’histoire de l’informatique"),
        .. Theme(Level.Premiere, "P-BASE", "Représentation des données : types et valeurs de base",
            "Écriture d’un entier positif dans une base b ≥ 2",
            "Représentation binaire d’un entier relatif",
            "Représentation approximative des nombres réels : notion de nombre flottant",
            "Valeurs booléennes : 0, 1. Opérateurs booléens : and, or, not. Expressions booléennes",
            "Représentation d’un texte en machine. Exemples des encodages ASCII, ISO-8859-1, Unicode"),
        .. Theme(Level.Premiere, "P-CONS", "Représentation des données : types construits",
            "p-uplets. p-uplets nommés",
            "Tableau indexé, tableau donné en compréhension",
            "Dictionnaires par clés et valeurs"),
        .. Theme(Level.Premiere, "P-TAB", "Traitement de données en tables",
            "Indexation de tables",
            "Recherche dans une table",
            "Tri d’une table",
            "Fusion de tables"),
        .. Theme(Level.Premiere, "P-WEB", "Interactions entre l’homme et la machine sur le Web",
            "Modalités de l’interaction entre l’homme et la machine. Événements",
            "Interaction avec l’utilisateur dans une page Web",
            "Interaction client-serveur. Requêtes HTTP, réponses du serveur",
            "Formulaire d’une page Web"),
        .. Theme(Level.Premiere, "P-ARCH", "Architectures matérielles et systèmes d’exploitation",
            "Modèle d’architecture séquentielle (von Neumann)",
            "Transmission de données dans un réseau. Protocoles de communication. Architecture d’un réseau",
            "Systèmes d’exploitation",
            "Périphériques d’entrée et de sortie. Interface Homme-Machine (IHM)"),
        .. Theme(Level.Premiere, "P-LANG", "Langages et programmation",
            "Constructions élémentaires",
            "Diversité et unité des langages de programmation",
            "Spécification",
            "Mise au point de programmes",
            "Utilisation de bibliothèques"),
        .. Theme(Level.Premiere, "P-ALGO", "Algorithmique",
            "Parcours séquentiel d’un tableau",
            "Tris par insertion, par sélection",
            "Algorithme des k plus proches voisins",
            "Recherche dichotomique dans un tableau trié",
            "Algorithmes gloutons"),
        .. Theme(Level.Terminale, "T-HIST", "Histoire de l’informatique",
            "Événements clés de l’histoire de l’informatique"),
        .. Theme(Level.Terminale, "T-STRUC", "Structures de données",
            "Structures de données, interface et implémentation",
            "Vocabulaire de la programmation objet : classes, attributs, méthodes, objets",
            "Listes, piles, files : structures linéaires. Dictionnaires, index et clé",
            "Arbres : structures hiérarchiques. Arbres binaires : nœuds, racines, feuilles, sous-arbres gauches, sous-arbres droits",
            "Graphes : structures relationnelles. Sommets, arcs, arêtes, graphes orientés ou non orientés"),
        .. Theme(Level.Terminale, "T-BDD", "Bases de données",
            "Modèle relationnel : relation, attribut, domaine, clef primaire, clef étrangère, schéma relationnel",
            "Base de données relationnelle",
            "Système de gestion de bases de données relationnelles",
            "Langage SQL : requêtes d’interrogation et de mise à jour d’une base de données"),
        .. Theme(Level.Terminale, "T-ARCH", "Architectures matérielles, systèmes d’exploitation et réseaux",
            "Composants intégrés d’un système sur puce",
            "Gestion des processus et des ressources par un système d’exploitation",
            "Protocoles de routage",
            "Sécurisation des communications"),
        .. Theme(Level.Terminale, "T-LANG", "Langages et programmation",
            "Notion de programme en tant que donnée. Calculabilité, décidabilité",
            "Récursivité",
            "Modularité",
            "Paradigmes de programmation",
            "Mise au point des programmes. Gestion des bugs"),
        .. Theme(Level.Terminale, "T-ALGO", "Algorithmique",
            "Algorithmes sur les arbres binaires et sur les arbres binaires de recherche",
            "Algorithmes sur les graphes",
            "Méthode « diviser pour régner »",
            "Programmation dynamique",
            "Recherche textuelle"),
    ];

    static readonly Dictionary<string, ProgrammeContent> BySlug = Contents.ToDictionary(content => SlugOf(content.Code));

    /// <summary>The school years that have a programme.</summary>
    public static IReadOnlyList<Level> Years { get; } = [Level.Premiere, Level.Terminale];

    /// <summary>The word that stands for a content in URLs: its code, in small letters.</summary>
    public static string SlugOf(string code) => code.ToLowerInvariant();

    public static ProgrammeContent? FromSlug(string slug) => BySlug.GetValueOrDefault(slug);

    /// <summary>Where the programme of a year was published.</summary>
    public static string OfficialAddress(Level year) => year switch
    {
        Level.Premiere => "https://www.education.gouv.fr/bo/19/Special1/MENE1901633A.htm",
        Level.Terminale => "https://www.education.gouv.fr/bo/19/Special8/MENE1921247A.htm",
        _ => throw new ArgumentOutOfRangeException(nameof(year), year, "This level has no programme here."),
    };

    static IEnumerable<ProgrammeContent> Theme(Level level, string code, string theme, params string[] titles) =>
        titles.Select((title, i) => new ProgrammeContent($"{code}-{i + 1}", level, theme, title, position: i + 1));
}
