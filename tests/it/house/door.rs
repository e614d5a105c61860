//! One door to the terminal: nothing else in the program writes to standard output or standard error.

use syn::visit::{self, Visit};

use super::architecture::{assert_none, sources};

/// The door itself, and what may write by itself and says why.
const MAY: [(&str, &str); 3] = [
    // The door.
    ("ui/door.rs", "stdout"),
    ("ui/door.rs", "stderr"),
    // Bars are drawn by a library; their words are cleaned before.
    ("ui/progress.rs", "stderr_with_hz"),
];

/// Writes to the streams of the program.
struct Writes<'a> {
    path: &'a str,
    found: Vec<String>,
}

impl Writes<'_> {
    fn note(&mut self, what: &str) {
        if !MAY.contains(&(self.path, what)) {
            self.found.push(format!("{}: {what}", self.path));
        }
    }
}

/// The last name of what is called.
fn called(call: &syn::ExprCall) -> Option<String> {
    let syn::Expr::Path(path) = &*call.func else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

impl<'ast> Visit<'ast> for Writes<'_> {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Some(name) = called(call).filter(|name| name.starts_with("stdout") || name.starts_with("stderr")) {
            self.note(&name);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        // To ask whether it is a terminal writes nothing.
        if call.method == "is_terminal" {
            return;
        }
        // The errors of the parser of the command line print themselves.
        if call.args.is_empty() && (call.method == "exit" || call.method == "print") {
            self.note(&format!("{}()", call.method));
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if ["print", "println", "eprint", "eprintln", "dbg"].contains(&name.as_str()) {
            self.note(&format!("{name}!"));
        }
        // Sequences for the terminal itself belong to the screen.
        if ["execute", "queue"].contains(&name.as_str()) && !self.path.starts_with("ui/tui/") {
            self.note(&format!("{name}!"));
        }
        visit::visit_macro(self, call);
    }
}

#[test]
fn nothing_passes_by_the_door_to_the_terminal() {
    let mut wrong = Vec::new();
    for source in sources() {
        let mut writes = Writes { path: &source.path, found: Vec::new() };
        source.items.iter().for_each(|item| writes.visit_item(item));
        wrong.append(&mut writes.found);
    }
    assert_none(wrong);
}
