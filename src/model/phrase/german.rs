//! The phrases of German.

use super::language::PhraseLanguage;

pub(super) const GERMAN: PhraseLanguage = PhraseLanguage {
    options: "antwort antworten antwortmoglichkeit antwortmoglichkeiten antwortoption antwortoptionen option optionen moglichkeit \
              moglichkeiten aussage aussagen losung losungen angabe angaben alternative alternativen punkte varianten auswahlmoglichkeiten",
    nouns: "antwort antworten antwortmoglichkeit antwortmoglichkeiten antwortoption antwortoptionen option optionen alternative \
            alternativen",
    correct: "richtig richtige richtigen korrekt korrekte wahr falsch falsche zutreffend moglich gultig zu stimmt stimmen",
    above: &[
        "alle|alles|keine|keines|keiner|keins|nichts|beide|beides|eine|eines|jede|jedes von? den|der|dem|des? beiden|drei|vier? oben? \
         genannten|genannte|genanntes|genanntem|erwahnten|aufgefuhrten|angefuhrten|stehenden|aufgezahlten $options? \
         ist|sind|trifft|treffen|stimmt|stimmen? nicht|alle? $true?",
        "alle|alles|keine|keines|keiner|keins|nichts|beide|beides|eine|eines von? den|der|dem|des? beiden|drei|vier? \
         obigen|obige|obiges|obengenannten|obengenannte|obgenannten|obenstehenden|obenstehende|vorgenannten|vorgenannte|vorherigen|vorstehenden|vorangegangenen \
         $options? ist|sind|trifft|treffen|stimmt|stimmen? nicht|alle? $true?",
        "alle|alles|keine|keines|keiner|keins|nichts|beide der|von|davon? $options? oben $true?",
        "mehrere|zwei|drei der oben? obigen|genannten|obengenannten $options?",
    ],
    below: &[
        "alle|keine|keines|keiner|beide der? unten? untenstehenden|unten|genannten|stehenden $options? sind|ist? $true?",
    ],
    others: &[
        "alle|keine|keines|keiner|keins|beide|beides|nichts|alles davon|dieser|diese|hiervon $options? ist|sind|trifft|treffen? $true?",
        "alle|keine|beide der|die? anderen|ubrigen|angegebenen|vorgeschlagenen|moglichen? $options \
         ist|sind|trifft|treffen|stimmt|stimmen? alle|nicht? $true?",
        "alle|keine|keines|keiner|beide|beides|alles|nichts ist|sind|trifft|treffen $true",
        "alle|keine|keines|keiner|beide|beides|alles $true",
        "nichts|keine|keines|keiner|keins von|aus diesen|dem|alledem|allem|ihnen|beiden|beidem",
        "alle|alles|keine|keines|keiner von diesen|ihnen",
        "beide|beides",
        "weder noch",
        "alle zwei|drei|vier|funf|sechs|3|4|5 $options? sind|treffen|stimmen? $true?",
        "alle der? folgenden $options? sind|treffen? $true?",
        "keine $true $options",
    ],
    places: &[
        "LIST",
        "sowohl|weder|entweder|beide|beides|nur|lediglich|ausschliesslich $options? LIST \
         ist|sind|trifft|treffen|stimmt|stimmen? beide|nicht? $true?",
        "nur|lediglich|ausschliesslich|allein $options? REF ist|sind|trifft|treffen|stimmt|stimmen? $true?",
        "$options? REF ist|sind|trifft|treffen|stimmt|stimmen beide|alle|nicht? $true?",
        "die? $options? LIST sind|treffen|stimmen? beide|alle? $true?",
        "die $options LIST",
        "keine|alle|beide der|die? $options? LIST",
        "alle|alles $options? ausser|bis auf? $options? REF",
    ],
    about_above: &[
        "der|den|die|dem|von oben genannten|genannte|stehenden",
        "der|den|die obigen|obengenannten $options|END",
        "obige|obigen $nouns",
    ],
    about_places: &[
        "$nouns CAPITAL",
        "$nouns DIGIT und|oder|bis|- DIGIT",
        "erste|ersten|zweite|zweiten|dritte|dritten|letzte|letzten|vorherige|vorherigen $nouns",
    ],
    whole_about_places: &[
        "nur? die ersten|letzten|beiden|vorherigen zwei|drei|beiden|ersten|letzten? $options? sind? $true?",
        "$options? CAPITAL -|bis CAPITAL",
        "alle $options? von? CAPITAL -|bis CAPITAL",
        "antwort|antworten|option DIGIT",
    ],
    stem: &["$nouns CAPITAL", "option|optionen|alternative|alternativen DIGIT", "ausser CAPITAL END"],
    logic: "und oder aber nicht ist sind sowohl als auch weder noch entweder nur wenn dann weil da so wahrend die der alle keine ausser \
            wahr falsch richtig korrekt stimmt stimmen trifft treffen zu erklart begrundet folgt aus",
};
