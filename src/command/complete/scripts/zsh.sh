#compdef retain
# Completions of retain for zsh. They ask the program for the names of your decks, topics, tags, settings and cards.
_retain() {
    local -a lines values shown open open_shown
    local line value
    lines=("${(@f)$(command retain __complete zsh "=${(Q)PREFIX}" "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}")
    for line in "${(@)lines[2,-1]}"; do
        [[ -n $line ]] || continue
        value=${line%%$'\t'*}
        if [[ $value == *[=:] ]]; then
            open+=("$value")
            open_shown+=("${line/$'\t'/  }")
        else
            values+=("$value")
            shown+=("${line/$'\t'/  }")
        fi
    done
    (( $#values )) && compadd -l -d shown -a values
    # `key=` and `deck::` go on without a blank.
    (( $#open )) && compadd -S '' -l -d open_shown -a open
    [[ ${lines[1]} == files ]] && _files
}
if [[ ${funcstack[1]} == _retain ]]; then
    _retain "$@"
else
    compdef _retain retain
fi
