//! The phrases of English.

use super::language::PhraseLanguage;

pub(super) const ENGLISH: PhraseLanguage = PhraseLanguage {
    options: "option options answer answers choice choices statement statements alternative alternatives response responses",
    nouns: "option options answer answers choice choices alternative alternatives",
    correct: "correct right true valid accurate incorrect wrong false possible applicable apply applies",
    above: &[
        "all|none|non|any|both|neither|either|each of? the? two|three|four|five|six? correct? $options? above|aforementioned $options? \
         is|are|can|may? not? be? all|both? $true?",
        "all|none|any|both|neither|either of? the? $options? mentioned|listed|given|stated|described|shown above is|are? $true?",
        "all|none|any|both|neither|either of? the? above mentioned|listed|given|stated|described $options? is|are? $true?",
        "all|none|any of? the? above-mentioned|aforementioned|previous|preceding|foregoing $options? is|are? $true?",
        "one|two|three|four|some|several|most|each|either|more of the $options? above $options? is|are? $true?",
        "any|one|more|exactly|only|not one|two|three|all|any of the above is|are? $true?",
        "more than one of the above is|are? $true?",
        "all|any|none|both|either two|three|four|five|six|2|3|4|5 of the? $options? above $options? is|are? $true?",
        "all|none|any of? the? mentioned|listed $options? is|are? $true?",
        "everything|anything|nothing mentioned|listed? above is|are? $true?",
    ],
    below: &["all|none|any|both|neither|either of? the? $options? below|underneath $options? is|are? $true?"],
    others: &[
        "all|none|any|both|neither|either of? these|those|them|this|others two|three|four|five? $options|items|reasons|factors|things? is|are? all? $true?",
        "all|none|any|neither|either of the? other? $options|others is|are? all? $true?",
        "all|both|no of? these|the|other? $options is|are? all? $true?",
        "all|none|both|neither|everything|nothing is|are $true",
        "all|both|none apply|applies|correct|true|false",
        "both|neither one?",
        "all|any two|three|four|five|six|2|3|4|5|6 of? these|them|the? $options? is|are? $true?",
        "any|all of? the? following $options? is|are? $true?",
        "every|each one? of these|them is? $true?",
        "no|not $true $options",
    ],
    places: &[
        "LIST",
        "both? $options? LIST only|alone|both? is|are? both|all|not? $true?",
        "only|just $options? REF is|are? $true?",
        "$options? REF only|alone is|are? $true?",
        "REF and|or? is|are both|all? not? $true",
        "both|neither|either|all|any|none of? the? $options? LIST is|are? $true?",
        "$options LIST only|alone? is|are? both|all? $true?",
        "all|everything|any of? these|the? above|$options? except|but|besides for? $options? REF",
    ],
    about_above: &[
        "of the? above END",
        "of the? above $options|is|are|because|but|if|except|when|since|and|or|plus",
        "the above $nouns",
        "$nouns above",
        "above-mentioned $options",
    ],
    about_places: &[
        "$nouns CAPITAL",
        "$nouns DIGIT and|or|to|- DIGIT",
        "first|second|third|fourth|fifth|last|previous|preceding|former|latter $nouns",
        "first|second|third|fourth|last two|three|of? $nouns",
    ],
    whole_about_places: &[
        "only|both|all? the? first|last|second|third two|three|four|ones|one of? the? above|these|$options? only|is|are? $true?",
        "the? first|second|third|last and|or the? first|second|third|fourth|last ones|one|two|$options? only|is|are? $true?",
        "all? of? the? previous|preceding ones|one|two|three|$options? is|are? $true?",
        "$options? CAPITAL -|to|through CAPITAL inclusive?",
        "all of? $options? CAPITAL -|to|through CAPITAL",
        "option|options|answer|answers|choice|choices DIGIT",
    ],
    stem: &[
        "option|options|answer|answers|choice|choices|alternative|alternatives|response|responses CAPITAL",
        "option|options|choice|choices|alternative|alternatives DIGIT",
        "except|excluding|besides for? CAPITAL END",
    ],
    logic: "and or but not is are both neither nor either only if then because since so while the all none of except true false \
            correct incorrect right wrong valid invalid explains explanation reason causes implies do does than",
};
