namespace NsiPortal.Domain.Courses;

/// <summary>What the programme expects pupils to be able to do with each of its contents (« capacités attendues »), in our own words: a summary, not the official text.</summary>
public static class ProgrammeExpectations
{
    static readonly Dictionary<string, string[]> ByCode = new()
    {
        ["P-HIST-1"] =
        [
            "Placer dans le temps les grandes étapes de l’informatique : idées, machines, langages, réseaux.",
            "Nommer celles et ceux qui en ont été les acteurs, et dire ce qu’on leur doit.",
            "Relier les notions travaillées dans l’année au moment où elles sont apparues.",
        ],
        ["P-BASE-1"] =
        [
            "Écrire un entier positif en base 2, 10 ou 16, et le lire dans ces bases.",
            "Passer d’une base à une autre.",
        ],
        ["P-BASE-2"] =
        [
            "Prévoir combien de bits occupe un entier, ou la somme ou le produit de deux entiers.",
            "Coder et décoder un entier négatif par complément à 2.",
        ],
        ["P-BASE-3"] =
        [
            "Calculer l’écriture binaire de quelques réels, comme 0,25, 0,1 ou 1/3, et voir laquelle ne finit pas.",
            "Expliquer pourquoi un flottant n’est souvent qu’une valeur approchée.",
            "Éviter de tester l’égalité de deux flottants.",
        ],
        ["P-BASE-4"] =
        [
            "Dresser la table de vérité d’une expression booléenne.",
            "Combiner les opérateurs and, or et not, et reconnaître le ou exclusif.",
            "Tenir compte de l’évaluation de gauche à droite, qui s’arrête dès que le résultat est connu.",
        ],
        ["P-BASE-5"] =
        [
            "Dire ce que permet chaque encodage : ASCII, ISO-8859-1, Unicode et UTF-8.",
            "Convertir un fichier de texte d’un encodage à un autre.",
        ],
        ["P-CONS-1"] =
        [
            "Écrire une fonction qui renvoie plusieurs valeurs sous la forme d’un p-uplet.",
            "Lire les composantes d’un p-uplet, par leur place ou par leur nom.",
        ],
        ["P-CONS-2"] =
        [
            "Lire et modifier les éléments d’un tableau par leur indice.",
            "Parcourir les éléments d’un tableau.",
            "Construire un tableau par compréhension.",
            "Représenter une grille ou une matrice par un tableau de tableaux, et en lire les cases.",
        ],
        ["P-CONS-3"] =
        [
            "Construire un dictionnaire, y ajouter une entrée et la retrouver par sa clé.",
            "Parcourir un dictionnaire : ses clés, ses valeurs, ou les deux ensemble.",
        ],
        ["P-TAB-1"] =
        [
            "Charger dans un programme une table venue d’un fichier CSV ou d’un texte tabulé.",
            "Représenter ses lignes par des dictionnaires ou des p-uplets qui ont tous les mêmes descripteurs.",
        ],
        ["P-TAB-2"] =
        [
            "Extraire les lignes d’une table qui vérifient une condition, écrite avec and, or et not.",
            "Repérer des doublons et vérifier la cohérence des données.",
        ],
        ["P-TAB-3"] =
        [
            "Trier une table selon une colonne, avec la fonction de tri du langage.",
            "Choisir la clé et le sens du tri selon la question posée.",
        ],
        ["P-TAB-4"] =
        [
            "Construire une table nouvelle à partir de deux autres qui ont une colonne en commun.",
            "Vérifier d’abord que les domaines de valeurs s’accordent.",
        ],
        ["P-WEB-1"] =
        [
            "Reconnaître les composants graphiques par lesquels on agit sur une page Web.",
            "Dire à quels événements une fonction peut répondre : clic, saisie, survol…",
        ],
        ["P-WEB-2"] =
        [
            "Lire le code qui s’exécute quand on clique sur un bouton.",
            "Modifier ce code pour changer ce que fait la page.",
        ],
        ["P-WEB-3"] =
        [
            "Distinguer ce qu’exécutent le navigateur et le serveur, et dans quel ordre.",
            "Distinguer ce que le navigateur garde en mémoire et ce qu’il renvoie au serveur.",
            "Reconnaître une transmission chiffrée, et dire quand elle est nécessaire.",
        ],
        ["P-WEB-4"] =
        [
            "Expliquer comment fonctionne un formulaire simple.",
            "Distinguer l’envoi des paramètres par GET et par POST, et choisir selon la situation.",
        ],
        ["P-ARCH-1"] =
        [
            "Donner le rôle de chaque constituant d’une machine : processeur, mémoire, bus, périphériques.",
            "Dérouler pas à pas une suite d’instructions proches du langage machine.",
        ],
        ["P-ARCH-2"] =
        [
            "Expliquer l’intérêt de découper les données en paquets et de les encapsuler.",
            "Dérouler un protocole simple qui rattrape les paquets perdus, comme celui du bit alterné.",
            "Simuler un réseau, ou en monter un.",
        ],
        ["P-ARCH-3"] =
        [
            "Énumérer les fonctions d’un système d’exploitation.",
            "Utiliser les commandes de base dans un terminal.",
            "Lire et changer les droits d’accès aux fichiers.",
        ],
        ["P-ARCH-4"] =
        [
            "Reconnaître le rôle des capteurs et des actionneurs.",
            "Programmer une interface entre l’homme et la machine qui respecte un cahier des charges.",
        ],
        ["P-LANG-1"] =
        [
            "Reconnaître les constructions de base : séquence, affectation, conditionnelle, boucle bornée ou non, appel de fonction.",
            "Les combiner pour écrire un programme.",
        ],
        ["P-LANG-2"] =
        [
            "Lire un court programme dans un langage que l’on découvre.",
            "Y repérer ce qui est commun à tous les langages et ce qui est propre à celui-là.",
        ],
        ["P-LANG-3"] =
        [
            "Donner le prototype d’une fonction : son nom, ses paramètres, ce qu’elle renvoie.",
            "Énoncer les préconditions sur ses arguments.",
            "Énoncer les postconditions sur son résultat.",
        ],
        ["P-LANG-4"] =
        [
            "Écrire et utiliser des jeux de tests, en pensant aux cas limites.",
            "Savoir que des tests réussis ne prouvent pas qu’un programme est correct.",
        ],
        ["P-LANG-5"] =
        [
            "Trouver dans la documentation d’une bibliothèque la fonction dont on a besoin.",
            "L’utiliser comme sa documentation le demande.",
        ],
        ["P-ALGO-1"] =
        [
            "Chercher une valeur, de n’importe quel type, dans un tableau.",
            "Calculer une moyenne, trouver un maximum ou un minimum.",
            "Justifier que le coût d’un tel parcours est linéaire.",
        ],
        ["P-ALGO-2"] =
        [
            "Écrire le tri par insertion et le tri par sélection.",
            "Donner l’invariant de boucle qui prouve que chacun est correct.",
            "Justifier qu’ils se terminent et que leur coût est quadratique dans le pire cas.",
        ],
        ["P-ALGO-3"] =
        [
            "Choisir une distance et trouver les k voisins les plus proches d’un élément.",
            "Prédire sa classe : celle de la majorité de ces voisins.",
        ],
        ["P-ALGO-4"] =
        [
            "Dérouler la recherche dichotomique dans un tableau trié.",
            "Montrer qu’elle se termine, à l’aide d’un variant de boucle.",
            "Comparer son coût à celui d’une recherche séquentielle.",
        ],
        ["P-ALGO-5"] =
        [
            "Résoudre un problème par une suite de choix gloutons : rendu de monnaie, sac à dos.",
            "Montrer sur un exemple que la solution obtenue n’est pas toujours la meilleure.",
        ],

        ["T-HIST-1"] =
        [
            "Placer dans le temps les principaux événements de l’informatique et leurs protagonistes.",
            "Décrire comment les rôles du matériel et du logiciel ont évolué l’un par rapport à l’autre.",
        ],
        ["T-STRUC-1"] =
        [
            "Spécifier une structure de données par son interface.",
            "Distinguer ce que promet l’interface de la façon dont elle est implémentée.",
            "Écrire plusieurs implémentations d’une même structure.",
        ],
        ["T-STRUC-2"] =
        [
            "Écrire la définition d’une classe simple, sans héritage ni polymorphisme.",
            "Créer des objets, accéder à leurs attributs et appeler leurs méthodes.",
        ],
        ["T-STRUC-3"] =
        [
            "Distinguer liste, pile, file et dictionnaire par les opérations qu’ils offrent.",
            "Choisir la structure qui convient à la situation à modéliser.",
            "Comparer la recherche d’une valeur dans une liste et dans un dictionnaire.",
        ],
        ["T-STRUC-4"] =
        [
            "Reconnaître les situations qui appellent une structure d’arbre.",
            "Évaluer la taille et la hauteur d’un arbre binaire, et encadrer l’une par l’autre.",
        ],
        ["T-STRUC-5"] =
        [
            "Modéliser une situation par un graphe, orienté ou non.",
            "Le représenter par une matrice d’adjacence, ou par des listes de successeurs ou de prédécesseurs.",
            "Passer d’une représentation à l’autre.",
        ],
        ["T-BDD-1"] =
        [
            "Reconnaître dans un exemple les notions du modèle relationnel : relation, attribut, domaine, schéma.",
            "Repérer les clefs primaires et les clefs étrangères, et dire à quoi elles servent.",
        ],
        ["T-BDD-2"] =
        [
            "Distinguer la structure d’une base de ce qu’elle contient.",
            "Repérer des anomalies dans un schéma, comme des redondances.",
            "Énoncer les contraintes d’intégrité que les données doivent respecter.",
        ],
        ["T-BDD-3"] =
        [
            "Énumérer ce qu’un système de gestion apporte : persistance, accès simultanés, efficacité, sécurité.",
            "Dire ce qui manquerait si les données étaient dans de simples fichiers.",
        ],
        ["T-BDD-4"] =
        [
            "Reconnaître les parties d’une requête SQL.",
            "Interroger une base avec SELECT, FROM, WHERE et JOIN.",
            "La modifier avec INSERT, UPDATE et DELETE.",
        ],
        ["T-ARCH-1"] =
        [
            "Reconnaître sur un schéma les principaux composants d’un système sur puce.",
            "Expliquer ce que l’on gagne à les réunir : vitesse et consommation.",
        ],
        ["T-ARCH-2"] =
        [
            "Décrire comment un processus est créé.",
            "Décrire comment le système ordonnance plusieurs processus.",
            "Mettre en évidence le risque d’interblocage.",
        ],
        ["T-ARCH-3"] =
        [
            "Trouver la route que suit un paquet selon RIP, par le nombre de sauts.",
            "Trouver celle qu’il suit selon OSPF, par le coût des liaisons.",
        ],
        ["T-ARCH-4"] =
        [
            "Décrire les principes du chiffrement symétrique, à clef partagée, et asymétrique, à clef privée et clef publique.",
            "Expliquer comment une clef symétrique s’échange à l’aide d’un protocole asymétrique, comme dans HTTPS.",
        ],
        ["T-LANG-1"] =
        [
            "Comprendre qu’un programme est lui-même une donnée, qu’un autre peut traiter.",
            "Comprendre que ce qui est calculable ne dépend pas du langage choisi.",
            "Montrer, sans formalisme, que le problème de l’arrêt est indécidable.",
        ],
        ["T-LANG-2"] =
        [
            "Écrire un programme récursif, avec ses cas de base.",
            "Analyser son exécution : suite et empilement des appels, terminaison.",
        ],
        ["T-LANG-3"] =
        [
            "Utiliser une bibliothèque ou une API en s’aidant de sa documentation.",
            "Créer un module simple et le documenter.",
        ],
        ["T-LANG-4"] =
        [
            "Distinguer sur des exemples les styles impératif, fonctionnel et objet.",
            "Choisir celui qui convient à ce que le programme doit faire.",
        ],
        ["T-LANG-5"] =
        [
            "Reconnaître les causes ordinaires de bugs : types, effets de bord, débordements, cas oubliés, égalité de flottants, noms mal choisis.",
            "Corriger un programme, et le protéger de telles erreurs.",
        ],
        ["T-ALGO-1"] =
        [
            "Calculer la taille et la hauteur d’un arbre.",
            "Parcourir un arbre binaire en ordre préfixe, infixe, suffixe, et en largeur.",
            "Chercher une clé dans un arbre binaire de recherche, et en insérer une.",
        ],
        ["T-ALGO-2"] =
        [
            "Parcourir un graphe en profondeur et en largeur.",
            "Repérer un cycle.",
            "Chercher un chemin d’un sommet à un autre.",
        ],
        ["T-ALGO-3"] =
        [
            "Écrire un algorithme qui partage un problème, résout les parties et réunit les résultats.",
            "Présenter ainsi le tri fusion, et donner l’ordre de grandeur de son coût.",
        ],
        ["T-ALGO-4"] =
        [
            "Écrire un algorithme qui garde les résultats de sous-problèmes pour ne pas les calculer deux fois.",
            "L’appliquer au rendu de monnaie ou à l’alignement de séquences.",
        ],
        ["T-ALGO-5"] =
        [
            "Dérouler l’algorithme de Boyer-Moore sur la recherche d’un motif dans un texte.",
            "Expliquer ce que fait gagner le prétraitement du motif.",
        ],
    };

    /// <summary>The codes that have some.</summary>
    public static IReadOnlyCollection<string> Codes => ByCode.Keys;

    public static IReadOnlyList<string> Of(string code) => ByCode[code];
}
