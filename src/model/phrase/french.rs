//! The phrases of French.

use super::language::PhraseLanguage;

pub(super) const FRENCH: PhraseLanguage = PhraseLanguage {
    options: "reponse reponses proposition propositions option options choix affirmation affirmations enonce enonces possibilite \
              possibilites solution solutions items",
    nouns: "reponse reponses proposition propositions option options choix",
    correct: "correct correcte correctes corrects juste justes exacte exactes exact exacts vraie vraies vrai vrais bonne bonnes bon \
              fausse fausses faux valable valables possibles possible valide valides",
    above: &[
        "toutes|tous|tout|aucune|aucun|les|n'importe les|des|de? ces|deux|trois? $options|elements|choses? \
         ci-dessus|precedentes|precedents|precedente|susmentionnees|susmentionnes est|sont|n'est? toutes|tous? $true?",
        "toutes|tous|aucune|aucun les|des|de|ces? $options? mentionnees|mentionnes|citees|cites|enumerees|indiquees|proposees|proposes|donnees|enoncees? \
         ci-dessus|plus|haut haut? est|sont|n'est? $true?",
        "toutes|tous|aucune|aucun les|des|de? $options? ci dessus est|sont|n'est? $true?",
        "tout|rien|aucun|aucune|toutes de? ce qui precede",
        "une|un|deux|plusieurs des $options? ci-dessus|precedentes|precedents",
    ],
    below: &["toutes|tous|aucune|aucun les|des? $options? ci-dessous est|sont|n'est? $true?"],
    others: &[
        "toutes|tous|aucune|aucun de? ces|les|des|autres|l'ensemble? autres? $options proposees|citees|mentionnees|donnees|possibles|n'est|est|sont? \
         toutes|tous? $true?",
        "toutes|tous|aucune|aucun de|d'entre|parmi celles-ci|ceux-ci|elles|eux|celles-la|ceux-la",
        "toutes|tous|aucune|aucun d'elles|d'eux|d'entre elles|eux?",
        "toutes|tous celles-ci|ceux-ci",
        "toutes|tous|aucune|aucun|tout sont|est|n'est $true",
        "aucun|aucune des|de ces? deux|trois $options? n'est|est? $true?",
        "toutes|tous? les deux|trois|quatre|cinq|2|3|4 $options? sont? $true?",
        "aucune|aucun bonne|bon|correcte $options",
        "toutes? ces $options",
        "ni l'un ni l'autre",
        "ni l'une ni l'autre",
        "l'un|l'une et|ou l'autre",
        "tout cela",
        "rien de tout? cela|ca",
        "toutes|tous les $options? suivantes|suivants",
        "les? $options? sont toutes|tous $true",
    ],
    places: &[
        "LIST",
        "ni|soit|seulement|uniquement|seules|seuls $options? LIST sont|est|n'est|ne? $true?",
        "a la fois $options? LIST",
        "seulement|uniquement|seul|seule|seules la|les? $options? REF est|sont? $true?",
        "la|les|le? $options? REF seulement|uniquement|seul|seule|seules|seuls est|sont? $true?",
        "les? $options? LIST sont toutes|tous|seulement|uniquement? $true?",
        "REF est|sont toutes|tous? $true",
        "les? deux? $options LIST",
        "toutes|tous|tout les? $options? sauf|excepte|hormis la|les? $options? REF",
    ],
    about_above: &[
        "$nouns ci-dessus",
        "des|les precedentes|precedents END",
        "citees|cites|mentionnees|mentionnes ci-dessus",
    ],
    about_places: &[
        "$nouns CAPITAL",
        "$nouns DIGIT et|ou|a|- DIGIT",
        "premiere|premieres|deuxieme|troisieme|derniere|dernieres|precedente $nouns",
        "deux premieres|dernieres $nouns",
    ],
    whole_about_places: &[
        "seulement? les? deux|trois premieres|premiers|dernieres|derniers $options? sont? $true?",
        "la|le premiere|premier|derniere|dernier $nouns? et|ou? la|le? premiere|deuxieme|troisieme|derniere? $nouns",
        "$options? CAPITAL -|a CAPITAL",
        "toutes|tous les? $options? de? CAPITAL -|a CAPITAL",
        "la? reponse|option|choix DIGIT",
    ],
    stem: &["$nouns CAPITAL", "option|options|choix|proposition|propositions DIGIT", "sauf|excepte CAPITAL END"],
    logic: "et ou mais pas ne n'est est sont ni soit seulement si alors parce que car donc les la le deux tous toutes sauf vrai vraie \
            faux fausse correct correcte juste explique cause implique",
};
