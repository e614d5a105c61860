//! The phrases of Spanish.

use super::language::PhraseLanguage;

pub(super) const SPANISH: PhraseLanguage = PhraseLanguage {
    options: "respuesta respuestas opcion opciones alternativa alternativas afirmacion afirmaciones enunciado enunciados \
              proposicion proposiciones posibilidades",
    nouns: "respuesta respuestas opcion opciones alternativa alternativas",
    correct: "correcta correctas correcto correctos cierta ciertas cierto ciertos verdadera verdaderas verdadero verdaderos falsa falsas \
              falso falsos valida validas valido validos posible posibles",
    above: &[
        "todas|todos|ninguna|ninguno|ningun|alguna|cualquiera|ambas|ambos|una|dos|tres|varias de? las|los|la? dos|tres|cuatro|otras? $options? \
         anteriores|anterior|precedentes|mencionadas|mencionados|citadas|citados|antedichas anteriormente|arriba? \
         es|son|no? todas? $true?",
        "todas|todos|ninguna|ninguno|ambas de? las|los? $options? de|mencionadas|mencionados|indicadas? arriba es|son? $true?",
        "las|los dos|tres|cuatro $options? anteriores son? $true?",
        "todo|nada de? lo anterior|mencionado|dicho|expuesto anteriormente?",
        "todo|nada lo? de? arriba",
    ],
    below: &["todas|todos|ninguna|ninguno de? las|los? $options? de? abajo es|son? $true?"],
    others: &[
        "todas|todos|ninguna|ninguno|ningun|ambas|ambos de? las|los|estas|estos|esas|otras|demas? demas|otras|dos|tres? $options \
         es|son|esta? todas? $true?",
        "todas|todos|ninguna|ninguno|cualquiera de? ellas|ellos|estas|estos|esas|esos|dos|todas",
        "todas|todos|ninguna|ninguno|ambas|ambos|todo|nada es|son $true",
        "ambas|ambos $true?",
        "las|los|todas|todos las|los? dos|tres|cuatro|cinco|3|4 $options? son? $true?",
        "ninguna|ninguno de los|las|estas|estos dos|tres",
        "todas|todos las|los $options? siguientes",
        "ni uno|una ni otro|otra|el|la otro|otra?",
        "no hay|existe $options $true",
        "todo esto|eso",
        "nada de esto|eso",
    ],
    places: &[
        "LIST",
        "tanto|ni|ambas|ambos|solo|solamente|unicamente|las|los? $options? LIST es|son? ambas|todas? $true?",
        "solo|solamente|unicamente|sola la|las|el|los? $options? REF es|son? $true?",
        "la|las|el? $options? REF solo|solamente|unicamente es|son? $true?",
        "las|los $options? LIST son todas|ambas? $true?",
        "REF es|son todas|ambas? $true",
        "las? $options LIST",
        "todas|todos|todo las|los? $options? excepto|menos|salvo la|las? $options? REF",
    ],
    about_above: &["de las|los anteriores", "$nouns anteriores", "$nouns de arriba", "de lo anterior END"],
    about_places: &[
        "$nouns CAPITAL",
        "$nouns DIGIT y|o|a|- DIGIT",
        "primera|primeras|segunda|tercera|ultima|ultimas $nouns",
        "$nouns anterior",
    ],
    whole_about_places: &[
        "solo? las|los dos|tres primeras|primeros|ultimas|ultimos $options? son? $true?",
        "solo? las|los primeras|primeros|ultimas|ultimos dos|tres $options? son? $true?",
        "$options? CAPITAL -|a CAPITAL",
        "todas|todos las|los? $options? de? la? CAPITAL -|a CAPITAL",
        "la? respuesta|opcion|alternativa DIGIT",
    ],
    stem: &["$nouns CAPITAL", "opcion|opciones|alternativa|alternativas DIGIT", "excepto|salvo CAPITAL END"],
    logic: "y e o u pero no es son ni tanto como solo si entonces porque las la los el ambas todas ninguna excepto verdadera verdadero \
            falsa falso correcta cierto cierta explica causa implica",
};
