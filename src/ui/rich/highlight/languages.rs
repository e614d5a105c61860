//! The lexical features of programming languages: words, comments, strings.

/// The lexical features of a language.
#[derive(Debug)]
pub(super) struct CodeLanguage {
    /// Its names after a fence, in lower case.
    names: &'static [&'static str],
    /// Its keywords, separated by blanks.
    pub(super) words: &'static str,
    /// The signs that begin a comment to the end of the line.
    pub(super) line: &'static [&'static str],
    /// The signs around a longer comment.
    pub(super) block: &'static [(&'static str, &'static str)],
    /// The signs around a string over several lines; tried before `quotes`.
    pub(super) long: &'static [&'static str],
    /// The signs around a string within a line: at most two, one byte each.
    pub(super) quotes: &'static str,
    /// Whether `'x'` is a character and a single `'` is no quote.
    pub(super) characters: bool,
    /// Whether keywords may be in upper case.
    pub(super) any_case: bool,
}

const PLAIN: CodeLanguage = CodeLanguage {
    names: &[],
    words: "",
    line: &["//"],
    block: &[("/*", "*/")],
    long: &[],
    quotes: "\"'",
    characters: false,
    any_case: false,
};

const HASH: CodeLanguage = CodeLanguage { line: &["#"], block: &[], ..PLAIN };

/// Words that are values in some language.
pub(super) const VALUES: &str = "true false null nil none undefined True False None NULL TRUE FALSE NA NaN Inf self this super Some Ok Err Nothing Just";

const C: &str = "auto break case char const continue default do double else enum extern float for goto if inline int long register \
    restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool";

const LANGUAGES: &[CodeLanguage] = &[
    CodeLanguage {
        names: &["rust", "rs"],
        words: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub \
            ref return static struct trait type unsafe use where while bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 \
            u32 u64 u128 usize String Vec Option Result Box",
        quotes: "\"",
        characters: true,
        ..PLAIN
    },
    CodeLanguage {
        names: &["python", "py", "python3", "py3", "ipython", "pycon"],
        words: "and as assert async await break case class continue def del elif else except finally for from global if import in \
            is lambda match nonlocal not or pass raise return try while with yield print",
        long: &["\"\"\"", "'''"],
        ..HASH
    },
    CodeLanguage {
        names: &["javascript", "js", "jsx", "mjs", "node", "typescript", "ts", "tsx"],
        words: "abstract any as async await break case catch class const constructor continue debugger declare default delete do \
            else enum export extends finally for from function get if implements import in instanceof interface keyof let new of \
            private protected public readonly return set static switch throw try type typeof var void while with yield string \
            number boolean never unknown",
        long: &["`"],
        ..PLAIN
    },
    CodeLanguage {
        names: &["java", "kotlin", "kt", "kts", "scala", "groovy"],
        words: "abstract as assert boolean break by byte case catch char class companion const continue data def default do double \
            else enum extends final finally float for fun given if implements import in inline instanceof int interface internal \
            is lateinit lazy long match native new object open operator out override package permits private protected public \
            record return sealed short static suspend switch synchronized throw throws trait transient try type val var vararg \
            void volatile when where while with yield",
        long: &["\"\"\""],
        quotes: "\"",
        characters: true,
        ..PLAIN
    },
    CodeLanguage { names: &["c", "h"], words: C, quotes: "\"", characters: true, ..PLAIN },
    CodeLanguage {
        names: &["cpp", "c++", "cc", "cxx", "hpp", "cuda", "cu", "objectivec", "objc", "arduino"],
        words: "alignas alignof auto bool break case catch char class co_await co_return co_yield concept const consteval constexpr \
            constinit continue decltype default delete do double dynamic_cast else enum explicit export extern final float for \
            friend goto if inline int long mutable namespace new noexcept nullptr operator override private protected public \
            register reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template \
            throw try typedef typeid typename union unsigned using virtual void volatile while",
        quotes: "\"",
        characters: true,
        ..PLAIN
    },
    CodeLanguage {
        names: &["csharp", "cs", "c#", "fsharp", "fs", "f#"],
        words: "abstract as async await base bool break byte case catch char checked class const continue decimal default delegate \
            do double else enum event explicit extern finally fixed float for foreach get goto if implicit in init int interface \
            internal is let lock long match member module namespace new object of open operator out override params private \
            protected public readonly record ref return sbyte sealed set short sizeof static string struct switch then throw try \
            type typeof uint ulong unchecked unsafe ushort using var virtual void volatile when where while with yield",
        quotes: "\"",
        characters: true,
        ..PLAIN
    },
    CodeLanguage {
        names: &["go", "golang"],
        words: "any bool break byte case chan const continue default defer else error fallthrough float32 float64 for func go goto \
            if import int int32 int64 interface len make map new package range return rune select string struct switch type uint \
            uint64 var append iota",
        long: &["`"],
        quotes: "\"",
        characters: true,
        ..PLAIN
    },
    CodeLanguage {
        names: &["swift", "dart", "zig"],
        words: "as associatedtype async await break case catch class comptime const continue default defer deinit do dynamic else \
            enum export extends extension extern factory fallthrough final fileprivate fn for func guard if implements import in \
            init inout internal is late let mixin mutating new open operator override private protocol pub public repeat required \
            rethrows return static struct subscript switch throw throws try typealias union unreachable var void weak where while \
            with yield",
        ..PLAIN
    },
    CodeLanguage {
        names: &["php"],
        words: "abstract and array as break case catch class clone const continue declare default do echo else elseif empty enum \
            extends final finally fn for foreach function global goto if implements include instanceof interface isset list match \
            namespace new or print private protected public readonly require require_once return static switch throw trait try \
            unset use var while xor yield",
        line: &["//", "#"],
        ..PLAIN
    },
    CodeLanguage {
        names: &["ruby", "rb", "elixir", "ex", "exs", "crystal"],
        words: "after alias and begin break case class cond def defmodule defp defstruct do else elsif end ensure fn for if import \
            in module next not or redo require rescue retry return then unless until use when while with yield puts attr_reader \
            attr_accessor raise",
        ..HASH
    },
    CodeLanguage {
        names: &["bash", "sh", "shell", "zsh", "fish", "console", "shell-session", "terminal"],
        words: "alias break case cd continue declare do done echo elif else esac eval exec exit export fi for function if in local \
            read readonly return set shift source sudo then trap unset until while",
        ..HASH
    },
    CodeLanguage {
        names: &["powershell", "ps1", "pwsh"],
        words: "begin break catch class continue do else elseif end exit filter finally for foreach function if in param process \
            return switch throw trap try until using while",
        block: &[("<#", "#>")],
        any_case: true,
        ..HASH
    },
    CodeLanguage {
        names: &["sql", "postgres", "postgresql", "mysql", "sqlite", "plsql", "tsql", "hive", "bigquery", "spark-sql"],
        words: "add all alter and any as asc begin between bigint boolean by cascade case cast char check coalesce column commit \
            constraint count create cross current database date decimal default delete desc distinct drop else end except exists \
            explain false foreign from full function grant group having if in index inner insert int integer intersect interval \
            into is join key left like limit merge not null numeric offset on or order outer over partition primary procedure \
            qualify references replace returning revoke right rollback row rows select set sum table text then timestamp to \
            trigger true truncate union unique update using values varchar view when where window with",
        line: &["--"],
        any_case: true,
        ..PLAIN
    },
    CodeLanguage {
        names: &["r", "julia", "jl"],
        words: "abstract baremodule begin break const do else elseif end export for function global if import in let library local \
            macro module mutable next quote repeat require return source struct try using where while",
        ..HASH
    },
    CodeLanguage {
        names: &["haskell", "hs", "elm", "lua", "ada", "vhdl"],
        words: "and architecture begin case class data default deriving do else elseif end entity for foreign forall function goto \
            if import in infix instance is let local module newtype not of or port procedure process repeat return signal then \
            type until when where while",
        line: &["--"],
        block: &[("{-", "-}"), ("--[[", "]]")],
        quotes: "\"",
        characters: true,
        ..PLAIN
    },
    CodeLanguage {
        names: &["yaml", "yml", "toml", "ini", "cfg", "conf", "properties", "make", "makefile", "cmake", "nix"],
        words: "ifdef ifeq ifneq else endif include define export let in with inherit rec",
        ..HASH
    },
    CodeLanguage {
        names: &["dockerfile", "docker", "containerfile"],
        words: "FROM AS RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL",
        ..HASH
    },
    CodeLanguage {
        names: &["hcl", "terraform", "tf"],
        words: "resource data variable output module provider terraform locals for in if dynamic backend required_providers",
        line: &["#", "//"],
        ..PLAIN
    },
    CodeLanguage { names: &["json", "json5", "jsonc"], ..PLAIN },
    CodeLanguage {
        names: &["css", "scss", "less", "sass"],
        words: "import media keyframes supports font-face include mixin extend",
        ..PLAIN
    },
    CodeLanguage {
        names: &["html", "xml", "svg", "vue", "xhtml"],
        quotes: "\"",
        line: &[],
        block: &[("<!--", "-->")],
        ..PLAIN
    },
    CodeLanguage {
        names: &["prolog", "erlang", "erl", "matlab", "octave", "latex", "tex"],
        words: "begin break case catch continue else elseif end for function global if of otherwise persistent receive return \
            switch try when while fun after",
        line: &["%"],
        block: &[],
        quotes: "\"",
        ..PLAIN
    },
    CodeLanguage {
        names: &["lisp", "clojure", "clj", "scheme", "elisp", "racket", "asm", "nasm", "assembly"],
        words: "def defn defun defmacro fn lambda let if cond do loop recur when mov add sub mul div push pop call ret jmp je jne \
            cmp lea int",
        line: &[";"],
        block: &[],
        quotes: "\"",
        ..PLAIN
    },
];

/// The language that a fence names.
pub(super) fn named(name: &str) -> Option<&'static CodeLanguage> {
    let name = name.trim_start_matches(['{', '.']).trim_end_matches('}').to_ascii_lowercase();
    LANGUAGES.iter().find(|language| language.names.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_one_language() {
        let mut names: Vec<&str> = LANGUAGES.iter().flat_map(|language| language.names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(named("Rust").is_some() && named("{.python}").is_some() && named("klingon").is_none());
    }
}
