//! Who may name whom (`docs/architecture.md`), what things are called, and how long a file is. The code is read as syntax, so comments,
//! strings and tests do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item};

const ROOMS: [&str; 13] = [
    "anki", "model", "bank", "memory", "schedule", "session", "stats", "store", "study", "ui", "command", "cli",
    "clock",
];

/// The rooms that each room may name. `error` and `chance` are open to all.
fn allowed(room: &str) -> &'static [&'static str] {
    match room {
        "anki" | "bank" | "memory" | "session" | "store" => &["model"],
        "schedule" | "stats" => &["model", "memory"],
        "study" => &["model", "anki", "bank", "memory", "schedule", "session", "stats", "store", "clock"],
        "ui" => &["model", "bank", "session", "stats", "study"],
        "clock" => &["model"],
        "command" => &["model", "bank", "session", "stats", "study", "ui", "clock"],
        "cli" => &["command"],
        _ => &[],
    }
}

/// The rooms that may name a crate.
const CRATES: [(&str, &[&str]); 9] = [
    ("fsrs", &["memory"]),
    ("rusqlite", &["anki", "store"]),
    ("prost", &["anki"]),
    ("rusqlite_migration", &["store"]),
    ("ratatui", &["ui"]),
    ("ratatui_image", &["ui"]),
    ("image", &["ui"]),
    ("kuva", &["ui"]),
    ("clap", &["command", "cli", "main"]),
];

/// Lines of a file without its tests.
const LONGEST_FILE: usize = 400;

/// A file of the program, without its tests.
pub(super) struct Source {
    /// Its path below `src`.
    pub(super) path: String,
    /// The modules from the room on, such as `ui`, `report`, `frame`.
    modules: Vec<String>,
    pub(super) items: Vec<Item>,
    lines: usize,
}

impl Source {
    fn room(&self) -> &str {
        self.modules.first().map_or("lib", String::as_str)
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut found = false;
        if attribute.path().is_ident("cfg") {
            // Conditions other than a bare `test` are conditions of the program.
            let _ = attribute.parse_nested_meta(|meta| {
                found |= meta.path.is_ident("test");
                Ok(())
            });
        }
        found
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a file below `src` is.
fn modules(path: &Path) -> Vec<String> {
    let mut modules: Vec<String> =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if modules.last().is_some_and(|last| last == "mod") {
        modules.pop();
    }
    modules
}

pub(super) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    found.sort();
    let mut tests: Vec<Vec<String>> = Vec::new();
    let mut sources = Vec::new();
    for path in found {
        let code = fs::read_to_string(&path).expect("a source");
        let file = syn::parse_file(&code).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let inner = path.strip_prefix(&root).expect("below src");
        let modules = modules(inner);
        let (in_tests, items): (Vec<Item>, Vec<Item>) =
            file.items.into_iter().partition(|item| is_test(attributes(item)));
        for item in &in_tests {
            if let Item::Mod(module) = item {
                tests.push(modules.iter().cloned().chain([module.ident.to_string()]).collect());
            }
        }
        let of_tests: usize = in_tests.iter().map(|item| item.span().end().line + 1 - item.span().start().line).sum();
        let lines = code.lines().count() - of_tests;
        sources.push(Source { path: inner.display().to_string(), modules, items, lines });
    }
    sources.retain(|source| !tests.iter().any(|test| source.modules.starts_with(test)));
    assert!(sources.len() > 300, "the sources were found");
    sources
}

/// Every path that a file names, from the crate or from another crate on.
struct Named<'a> {
    modules: &'a [String],
    paths: Vec<Vec<String>>,
}

impl Named<'_> {
    /// Adds a path; one that begins with `super` is resolved.
    fn add(&mut self, segments: Vec<String>) {
        let ups = segments.iter().take_while(|segment| *segment == "super").count();
        let path = match segments.first().map(String::as_str) {
            Some("super") if ups >= self.modules.len() => {
                ["crate".to_owned()].into_iter().chain(segments[ups..].iter().cloned()).collect()
            }
            Some("super" | "self") => return,
            _ => segments,
        };
        self.paths.push(path);
    }

    fn add_tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |ident: &syn::Ident| before.iter().cloned().chain([ident.to_string()]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => self.add_tree(&path.tree, &with(&path.ident)),
            syn::UseTree::Name(name) => self.add(with(&name.ident)),
            syn::UseTree::Rename(name) => self.add(with(&name.ident)),
            syn::UseTree::Glob(_) => self.add(before.to_vec()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(tree, before)),
        }
    }
}

impl<'ast> Visit<'ast> for Named<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_tree(&item.tree, &[]);
    }
}

fn named(source: &Source) -> Vec<Vec<String>> {
    let mut named = Named { modules: &source.modules, paths: Vec::new() };
    source.items.iter().for_each(|item| named.visit_item(item));
    named.paths
}

pub(super) fn assert_none(wrong: impl IntoIterator<Item = String>) {
    let wrong: BTreeSet<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "\n{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn rooms_name_only_the_rooms_they_may() {
    let mut wrong = Vec::new();
    for source in sources() {
        for path in named(&source) {
            let [first, room, ..] = &path[..] else { continue };
            let known = first == "crate" && ROOMS.contains(&room.as_str()) && room != source.room();
            if known && source.room() != "lib" && !allowed(source.room()).contains(&room.as_str()) {
                wrong.push(format!("{}: {}", source.path, path.join("::")));
            }
        }
    }
    assert_none(wrong);
}

#[test]
fn some_crates_have_one_room() {
    let mut wrong = Vec::new();
    for source in sources() {
        for path in named(&source) {
            let owner = CRATES.iter().find(|(name, _)| path.len() > 1 && path[0] == *name);
            if owner.is_some_and(|(_, rooms)| !rooms.contains(&source.room())) {
                wrong.push(format!("{} names {}", source.path, path[0]));
            }
        }
    }
    assert_none(wrong);
}

/// Calls of what appends to the log.
struct Appends<'a> {
    path: &'a str,
    found: Vec<String>,
}

impl<'ast> Visit<'ast> for Appends<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        let places: &[&str] = match name.as_str() {
            "append_review" | "append_undo" | "append_move" => &["study/ledger.rs"],
            "append_imported" => &["study/import/history.rs", "study/anki/history.rs"],
            "append_imported_move" => &["study/anki/history.rs"],
            _ => return visit::visit_expr_method_call(self, call),
        };
        if !places.contains(&self.path) && !self.path.starts_with("store/") {
            self.found.push(format!("{} calls {name}", self.path));
        }
        visit::visit_expr_method_call(self, call);
    }
}

#[test]
fn the_log_is_written_in_one_place() {
    let mut wrong = Vec::new();
    for source in sources() {
        let mut appends = Appends { path: &source.path, found: Vec::new() };
        source.items.iter().for_each(|item| appends.visit_item(item));
        wrong.append(&mut appends.found);
    }
    assert_none(wrong);
}

/// The types that a file declares, and its functions with names that say nothing.
#[derive(Default)]
struct Declared {
    types: Vec<String>,
    functions: Vec<String>,
}

/// They could be called anything: a name says what is done.
const EMPTY_NAMES: [&str; 5] = ["of", "read", "take", "said", "tell"];

impl Declared {
    fn function(&mut self, name: &syn::Ident) {
        if EMPTY_NAMES.iter().any(|empty| name == empty) {
            self.functions.push(name.to_string());
        }
    }
}

impl<'ast> Visit<'ast> for Declared {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_test(attributes(item)) {
            return;
        }
        match item {
            Item::Struct(item) => self.types.push(item.ident.to_string()),
            Item::Enum(item) => self.types.push(item.ident.to_string()),
            Item::Trait(item) => self.types.push(item.ident.to_string()),
            Item::Type(item) => self.types.push(item.ident.to_string()),
            Item::Fn(item) => self.function(&item.sig.ident),
            // What a trait of others is called is theirs.
            Item::Impl(item) if item.trait_.is_some() => {}
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        for inner in &item.items {
            if let (syn::ImplItem::Fn(function), None) = (inner, &item.trait_) {
                self.function(&function.sig.ident);
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        for inner in &item.items {
            if let syn::TraitItem::Fn(function) = inner {
                self.function(&function.sig.ident);
            }
        }
        visit::visit_item_trait(self, item);
    }
}

#[test]
fn every_type_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        let mut declared = Declared::default();
        source.items.iter().for_each(|item| declared.visit_item(item));
        for name in declared.types {
            places.entry(name).or_default().push(source.path.clone());
        }
    }
    // Each command has its arguments.
    places.remove("Args");
    let twice = places.into_iter().filter(|(_, places)| places.len() > 1);
    assert_none(twice.map(|(name, places)| format!("{name}: {}", places.join(", "))));
}

#[test]
fn functions_are_called_by_what_they_do() {
    let mut wrong = Vec::new();
    for source in sources() {
        let mut declared = Declared::default();
        source.items.iter().for_each(|item| declared.visit_item(item));
        // `bank::read` is the door of its room.
        let is_door = |name: &String| source.path == "bank/mod.rs" && name == "read";
        wrong.extend(
            declared.functions.into_iter().filter(|name| !is_door(name)).map(|name| format!("{}: {name}", source.path)),
        );
    }
    assert_none(wrong);
}

#[test]
fn every_file_is_one_idea() {
    let crowded = sources().into_iter().filter(|source| source.lines > LONGEST_FILE);
    assert_none(crowded.map(|source| format!("{} has {} lines", source.path, source.lines)));
}
