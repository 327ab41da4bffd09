namespace NsiPortal.Domain.Search;

public sealed class FrenchStemmerTests
{
    /// <summary>Each line is one word, inflected, and what is derived from it closely.</summary>
    const string Families = """
        algorithme algorithmes
        arbre arbres
        nœud nœuds
        feuille feuilles
        graphe graphes
        sommet sommets
        arête arêtes
        pile piles
        file files
        liste listes lister
        tableau tableaux
        réseau réseaux
        dictionnaire dictionnaires
        clé clés
        chaîne chaînes
        caractère caractères
        entier entiers entière entières
        booléen booléens booléenne booléennes
        réel réels réelle réelles
        binaire binaires
        décimal décimaux décimale décimales
        hexadécimal hexadécimale hexadécimaux
        local locaux locale locales
        fonction fonctions
        variable variables
        affecter affecte affectation affectations
        boucle boucles boucler
        instruction instructions
        condition conditions
        récursif récursifs récursive récursives récursivité récursion récursions récursivement
        itérer itératif itérative itération itérations
        trier tri tris trié triée triés triées
        calculer calcul calculs calculé calculent calculait calculant
        programmer programme programmes programmation programmeur programmeurs programmeuse
        compiler compilé compilation compilateur compilateurs
        utiliser utilise utilisent utilisateur utilisateurs utilisatrice utilisation
        ordinateur ordinateurs
        serveur serveurs
        routeur routeurs routage router
        protocole protocoles
        paquet paquets
        adresse adresses
        requête requêtes
        jointure jointures
        sélection sélections sélectionner sélectionne
        projection projections
        relation relations
        attribut attributs
        domaine domaines
        classe classes
        méthode méthodes
        instance instances
        objet objets
        héritage hériter hérite
        interface interfaces
        complexité complexités complexe complexes
        terminaison
        invariant invariants
        preuve preuves
        parcours parcourir
        profondeur
        largeur
        glouton gloutons gloutonne gloutonnes
        diviser division divise divisé
        comparer comparaison comparaisons comparé
        coder code codes codage codé
        processus
        système systèmes
        mémoire mémoires
        erreur erreurs
        valeur valeurs
        jeu jeux
        """;

    [Fact]
    public void Inflections_share_a_stem()
    {
        var words = 0;
        foreach (var family in Families.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var stems = family.Split(' ').Select(word => FrenchStemmer.StemOf(SearchWords.In(word).Single().Folded)).ToList();
            words += stems.Count;
            Assert.True(stems.Distinct().Count() == 1, $"{family}: {string.Join(' ', stems)}");
        }

        Assert.True(words > 100);
    }

    [Theory]
    [InlineData("pile", "file")]
    [InlineData("arbre", "arbitre")]
    [InlineData("classe", "clause")]
    [InlineData("table", "tableau")]
    [InlineData("bit", "byte")]
    [InlineData("requête", "requis")]
    [InlineData("processus", "procédure")]
    public void Other_words_do_not(string one, string other) => Assert.NotEqual(FrenchStemmer.StemOf(one), FrenchStemmer.StemOf(other));

    // They are indexed and looked for by the same rule, so that the rule must bear anything.
    [Fact]
    public void Whatever_comes_has_a_stem()
    {
        var random = new Random(6);
        for (var i = 0; i < 20_000; i++)
        {
            var word = new string([.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => "aeiourstlmnxé1"[random.Next(14)])]);
            Assert.NotEmpty(FrenchStemmer.StemOf(word));
        }
    }
}
