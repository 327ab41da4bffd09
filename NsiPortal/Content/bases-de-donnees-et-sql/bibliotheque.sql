-- Base de données de la bibliothèque du CDI (exemple suivi dans tout le cours).
-- Dialecte : SQLite. Sur PostgreSQL, supprimer simplement la ligne PRAGMA.
-- Les élèves et leurs emprunts sont imaginaires ; les œuvres et les auteurs sont réels.

PRAGMA foreign_keys = ON;  -- SQLite ne vérifie les clés étrangères que sur demande

CREATE TABLE auteur (
    id_auteur  INTEGER PRIMARY KEY,
    nom        TEXT    NOT NULL,
    prenom     TEXT,
    pays       TEXT    NOT NULL,
    naissance  INTEGER
);

CREATE TABLE livre (
    id_livre     INTEGER PRIMARY KEY,
    titre        TEXT    NOT NULL,
    annee        INTEGER,
    genre        TEXT    NOT NULL,
    exemplaires  INTEGER NOT NULL CHECK (exemplaires >= 0),
    id_auteur    INTEGER NOT NULL,
    FOREIGN KEY (id_auteur) REFERENCES auteur(id_auteur)
);

CREATE TABLE eleve (
    id_eleve   INTEGER PRIMARY KEY,
    nom        TEXT    NOT NULL,
    prenom     TEXT    NOT NULL,
    classe     TEXT    NOT NULL,
    id_parrain INTEGER,
    FOREIGN KEY (id_parrain) REFERENCES eleve(id_eleve)
);

CREATE TABLE emprunt (
    id_emprunt   INTEGER PRIMARY KEY,
    id_livre     INTEGER NOT NULL,
    id_eleve     INTEGER NOT NULL,
    date_emprunt DATE    NOT NULL,
    date_retour  DATE    CHECK (date_retour >= date_emprunt),
    FOREIGN KEY (id_livre) REFERENCES livre(id_livre),
    FOREIGN KEY (id_eleve) REFERENCES eleve(id_eleve)
);

CREATE TABLE reservation (
    id_eleve         INTEGER NOT NULL,
    id_livre         INTEGER NOT NULL,
    date_reservation DATE    NOT NULL,
    PRIMARY KEY (id_eleve, id_livre),
    FOREIGN KEY (id_eleve) REFERENCES eleve(id_eleve),
    FOREIGN KEY (id_livre) REFERENCES livre(id_livre)
);

INSERT INTO auteur (id_auteur, nom, prenom, pays, naissance) VALUES
    ( 1, 'Hugo',     'Victor',   'France',      1802),
    ( 2, 'Verne',    'Jules',    'France',      1828),
    ( 3, 'Austen',   'Jane',     'Royaume-Uni', 1775),
    ( 4, 'Asimov',   'Isaac',    'États-Unis',  1920),
    ( 5, 'Zola',     'Émile',    'France',      1840),
    ( 6, 'Camus',    'Albert',   'France',      1913),
    ( 7, 'Orwell',   'George',   'Royaume-Uni', 1903),
    ( 8, 'Shelley',  'Mary',     'Royaume-Uni', 1797),
    ( 9, 'Tolkien',  'J. R. R.', 'Royaume-Uni', 1892),
    (10, 'Homère',   NULL,       'Grèce',       NULL),
    (11, 'Christie', 'Agatha',   'Royaume-Uni', 1890),
    (12, 'Ernaux',   'Annie',    'France',      1940),
    (13, 'Bradbury', 'Ray',      'États-Unis',  1920),
    (14, 'Sand',     'George',   'France',      1804);

INSERT INTO livre (id_livre, titre, annee, genre, exemplaires, id_auteur) VALUES
    ( 1, 'Les Misérables',                  1862, 'roman',           4,  1),
    ( 2, 'Notre-Dame de Paris',             1831, 'roman',           2,  1),
    ( 3, 'Les Contemplations',              1856, 'poésie',          3,  1),
    ( 4, 'Voyage au centre de la Terre',    1864, 'aventure',        2,  2),
    ( 5, 'De la Terre à la Lune',           1865, 'aventure',        1,  2),
    ( 6, 'Vingt Mille Lieues sous les mers',1870, 'aventure',        3,  2),
    ( 7, 'Orgueil et Préjugés',             1813, 'roman',           2,  3),
    ( 8, 'Les Robots',                      1950, 'science-fiction', 2,  4),
    ( 9, 'Fondation',                       1951, 'science-fiction', 2,  4),
    (10, 'Germinal',                        1885, 'roman',           5,  5),
    (11, 'L''Assommoir',                    1877, 'roman',           3,  5),
    (12, 'L''Étranger',                     1942, 'roman',           6,  6),
    (13, 'La Peste',                        1947, 'roman',           2,  6),
    (14, '1984',                            1949, 'science-fiction', 4,  7),
    (15, 'La Ferme des animaux',            1945, 'fable',           3,  7),
    (16, 'Frankenstein',                    1818, 'fantastique',     2,  8),
    (17, 'Le Hobbit',                       1937, 'fantasy',         2,  9),
    (18, 'L''Odyssée',                      NULL, 'épopée',          4, 10),
    (19, 'L''Iliade',                       NULL, 'épopée',          2, 10),
    (20, 'Le Crime de l''Orient-Express',   1934, 'policier',        2, 11),
    (21, 'La Place',                        1983, 'récit',           3, 12),
    (22, 'Les Années',                      2008, 'récit',           1, 12),
    (23, 'Chroniques martiennes',           1950, 'science-fiction', 1, 13),
    (24, 'Fahrenheit 451',                  1953, 'science-fiction', 3, 13);

INSERT INTO eleve (id_eleve, nom, prenom, classe, id_parrain) VALUES
    ( 1, 'Benali',   'Inès',    'TG1', NULL),
    ( 2, 'Martin',   'Léa',     'TG1', NULL),
    ( 3, 'Nguyen',   'Hugo',    'TG2', NULL),
    ( 4, 'Diallo',   'Aminata', 'TG2', NULL),
    ( 5, 'Lefèvre',  'Tom',     'TG1', NULL),
    ( 6, 'Rossi',    'Clara',   '1G3', 1),
    ( 7, 'Moreau',   'Jules',   '1G3', 1),
    ( 8, 'Kaya',     'Deniz',   '1G3', 4),
    ( 9, 'Petit',    'Chloé',   '1G5', 2),
    (10, 'Martin',   'Léa',     '2B',  3),
    (11, 'Da Silva', 'Rafael',  '2B',  6),
    (12, 'Garnier',  'Manon',   '2B',  4),
    (13, 'Cohen',    'Noah',    '2D',  7),
    (14, 'Roux',     'Éva',     '2D',  NULL);

INSERT INTO emprunt (id_emprunt, id_livre, id_eleve, date_emprunt, date_retour) VALUES
    ( 1,  1,  2, '2025-09-08', '2025-09-29'),
    ( 2, 12,  1, '2025-09-08', '2025-09-22'),
    ( 3, 14,  3, '2025-09-09', '2025-09-30'),
    ( 4,  9,  5, '2025-09-12', '2025-10-03'),
    ( 5, 17, 11, '2025-09-15', '2025-10-06'),
    ( 6, 14,  4, '2025-09-16', '2025-10-07'),
    ( 7, 20,  9, '2025-09-18', '2025-10-02'),
    ( 8, 18, 10, '2025-09-22', '2025-10-13'),
    ( 9, 14,  1, '2025-10-02', '2025-10-16'),
    (10,  8,  5, '2025-10-06', '2025-11-03'),
    (11, 24,  6, '2025-10-07', '2025-11-04'),
    (12, 12,  7, '2025-10-09', '2025-11-06'),
    (13,  5, 12, '2025-10-13', '2025-11-10'),
    (14, 10,  2, '2025-11-03', '2025-12-01'),
    (15,  1,  1, '2025-11-04', '2025-12-16'),
    (16, 16, 13, '2025-11-06', '2025-11-27'),
    (17, 14,  6, '2025-11-13', '2025-12-04'),
    (18, 21,  4, '2025-11-17', '2025-12-08'),
    (19,  9,  8, '2025-11-20', NULL),
    (20, 23,  5, '2025-12-01', NULL),
    (21,  6, 11, '2025-12-02', '2026-01-06'),
    (22, 14, 12, '2025-12-08', NULL),
    (23, 22,  9, '2025-12-11', NULL),
    (24, 17, 10, '2026-01-05', NULL),
    (25,  9,  1, '2026-01-06', NULL),
    (26, 12,  3, '2026-01-08', '2026-01-22'),
    (27, 24,  4, '2026-01-12', NULL),
    (28,  5,  6, '2026-01-13', NULL);

INSERT INTO reservation (id_eleve, id_livre, date_reservation) VALUES
    ( 2,  9, '2026-01-12'),
    ( 3, 23, '2026-01-12'),
    ( 7,  9, '2026-01-15'),
    (13,  5, '2026-01-19'),
    ( 2, 22, '2026-01-20'),
    (10, 23, '2026-01-22');
