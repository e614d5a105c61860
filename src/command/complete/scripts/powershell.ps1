# Completions of retain for PowerShell. They ask the program for the names of your decks, topics, tags, settings and cards.
Register-ArgumentCompleter -Native -CommandName retain -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($null -ne $_.Value) { "$($_.Value)" } else { $_.Extent.Text } })
    $word = "$wordToComplete".Trim("'", '"')
    $lines = @(& retain __complete powershell "=$word" @before 2>$null)
    $lines | Select-Object -Skip 1 | Where-Object { $_ } | ForEach-Object {
        $value, $what = $_ -split "`t", 2
        if (-not $what) { $what = $value }
        $text = $value
        if ($text -notmatch '^[\w./:=+-]+$') { $text = "'" + $text.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $what)
    }
    # Names of files, as PowerShell completes them.
    if ($lines.Count -gt 0 -and $lines[0] -eq 'files') {
        [System.Management.Automation.CompletionCompleters]::CompleteFilename($word)
    }
}
