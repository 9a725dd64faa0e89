//! Is a file or function so long that it should be looked at again? And does each lib.rs only say what there is?

use std::collections::BTreeMap;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, ImplItemFn, Item, ItemFn, Signature, TraitItemFn};

use super::rules::Rules;
use super::{Fault, Source};

/// Long files and functions of the Rust sources that no reason is given for, and reasons that nothing needs any more.
pub fn faults(sources: &[Source], rules: &Rules) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut used = Vec::new();
    for source in sources.iter().filter(|s| s.path.ends_with(".rs")) {
        let lines = source.text.lines().count();
        if lines > rules.sizes.file {
            used.push(source.path.clone());
            let what = format!("{lines} lines; a file has at most {}", rules.sizes.file);
            faults.extend(unexcused(&rules.long_files, &source.path).then(|| Fault::new(&source.path, 0, what)));
        }
        match syn::parse_file(&source.text) {
            Ok(file) => {
                faults.extend(long_functions(&source.path, &file, rules, &mut used));
                faults.extend(crate_root(&source.path, &file));
            }
            Err(error) => faults.push(Fault::new(&source.path, error.span().start().line, format!("is not Rust: {error}"))),
        }
    }
    let stale = rules.long_files.keys().chain(rules.long_functions.keys()).filter(|key| !used.contains(key));
    faults.extend(stale.map(|key| Fault::new("xtask/tidy.toml", 0, format!("`{key}` is no longer long; take it off the list"))));
    faults
}

/// Whether no reason is listed for what is too long.
fn unexcused(listed: &BTreeMap<String, String>, key: &str) -> bool {
    listed.get(key).is_none_or(|reason| reason.trim().is_empty())
}

fn long_functions(path: &str, file: &syn::File, rules: &Rules, used: &mut Vec<String>) -> Vec<Fault> {
    let mut functions = Functions::default();
    functions.visit_file(file);
    let long = functions.found.into_iter().filter(|f| f.lines > rules.sizes.function);
    let mut faults = Vec::new();
    for function in long {
        let key = format!("{path}:{}", function.name);
        if unexcused(&rules.long_functions, &key) {
            let what = format!("`{}` has {} lines; a function has at most {}", function.name, function.lines, rules.sizes.function);
            faults.push(Fault::new(path, function.line, what));
        }
        used.push(key);
    }
    faults
}

/// The functions of a file, with their length from the signature to the last brace.
#[derive(Default)]
struct Functions {
    found: Vec<Function>,
}

struct Function {
    name: String,
    line: usize,
    lines: usize,
}

impl Functions {
    fn add(&mut self, signature: &Signature, body: &Block) {
        let line = signature.span().start().line;
        let lines = body.span().end().line + 1 - line;
        self.found.push(Function { name: signature.ident.to_string(), line, lines });
    }
}

impl<'f> Visit<'f> for Functions {
    fn visit_item_fn(&mut self, function: &'f ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'f ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'f TraitItemFn) {
        if let Some(body) = &function.default {
            self.add(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

/// What stands in a crate's `lib.rs` besides docs, modules and re-exports.
fn crate_root(path: &str, file: &syn::File) -> Option<Fault> {
    let other = file.items.iter().find(|item| match item {
        Item::Mod(module) => module.content.is_some(),
        Item::Use(_) | Item::Const(_) => false,
        _ => true,
    })?;
    let is_root = path.starts_with("crates/") && path.ends_with("/src/lib.rs");
    is_root
        .then(|| Fault::warning(path, other.span().start().line, "lib.rs holds docs, modules and re-exports; give this a file of its own"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;

    fn check(path: &str, text: &str, expected: &[&str]) {
        let mut rules = Rules::read(&root()).expect("the repository's own rules");
        (rules.long_files, rules.long_functions) = (BTreeMap::new(), BTreeMap::new());
        let found = faults(&[Source { path: path.to_owned(), text: text.to_owned() }], &rules);
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_long_function_is_reported_where_it_begins() {
        let body = "    step();\n".repeat(69);
        check("a.rs", &format!("\nfn long() {{\n{body}}}\n"), &["a.rs:2: `long` has 71 lines; a function has at most 70"]);
        check(
            "a.rs",
            &format!("struct S;\nimpl S {{\nfn long() {{\n{body}}}\n}}\n"),
            &["a.rs:3: `long` has 71 lines; a function has at most 70"],
        );
        check("a.rs", &format!("fn fits() {{\n{}}}\n", "    step();\n".repeat(68)), &[]);
    }

    #[test]
    fn a_long_file_is_reported() {
        check("a.rs", &"const A: u8 = 1;\n".repeat(801), &["a.rs: 801 lines; a file has at most 800"]);
    }

    #[test]
    fn code_in_a_crate_root_is_warned_of() {
        let expected = "crates/a/src/lib.rs:2: warning: lib.rs holds docs, modules and re-exports; give this a file of its own";
        check("crates/a/src/lib.rs", "mod a;\nfn f() {}\n", &[expected]);
        check("crates/a/src/lib.rs", "//! Docs.\nmod a;\npub use a::A;\n", &[]);
    }
}
