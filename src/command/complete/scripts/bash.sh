# Completions of retain for bash. They ask the program for the names of your decks, topics, tags, settings and cards.
_retain_completions() {
    local IFS=$'\n'
    local lines
    lines=($(command "${COMP_WORDS[0]}" __complete bash "$COMP_LINE" "$COMP_POINT" "$COMP_WORDBREAKS" 2>/dev/null))
    COMPREPLY=("${lines[@]:1}")
    # Names of files, as bash completes them.
    if [[ ${lines[0]} == files ]]; then
        compopt -o default 2>/dev/null
    fi
    # `key=` and `deck::` go on without a blank.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=:] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _retain_completions retain
