# Completions of retain for fish. They ask the program for the names of your decks, topics, tags, settings and cards.
function __retain_completions
    set -l before (commandline -opc)
    set -l word (commandline -ct | string unescape 2>/dev/null)
    set -l lines (command retain __complete fish "=$word" $before[2..-1] 2>/dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline -ct)
    end
    for line in $lines[2..-1]
        echo $line
    end
end
complete -c retain -f -a '(__retain_completions)'
