//! Who may do what? The one place that says so: a table from each route to what it does, and from each role to what it may. A route
//! that is not in the table is refused, whoever asks.

use axum::http::Method;
use sayso_people::Role;

/// What a request does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Permission {
    /// Come to the door: whoever, signed in or not.
    Enter,
    /// See to one's own sessions, password and what one keeps for oneself.
    Own,
    /// Read the record, and keep queries of one's own.
    Read,
    /// See what is restricted as well; what of the record that is, is looked at by [`crate::desk::Desk`].
    ReadRestricted,
    /// Add documents and statements.
    Add,
    /// Decide about statements; which action is looked at by [`may`].
    Decide,
    /// Decide about events, actors, sources and releases, and take back what others decided.
    Settle,
    /// Read who the people are, and their log.
    ReadPeople,
    /// Say who may come in.
    ManagePeople,
}

impl Permission {
    /// All of them.
    pub(crate) const ALL: [Permission; 9] = [
        Permission::Enter,
        Permission::Own,
        Permission::Read,
        Permission::ReadRestricted,
        Permission::Add,
        Permission::Decide,
        Permission::Settle,
        Permission::ReadPeople,
        Permission::ManagePeople,
    ];

    /// As programs read it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Permission::Enter => "enter",
            Permission::Own => "own",
            Permission::Read => "read",
            Permission::ReadRestricted => "read-restricted",
            Permission::Add => "add",
            Permission::Decide => "decide",
            Permission::Settle => "settle",
            Permission::ReadPeople => "read-people",
            Permission::ManagePeople => "manage-people",
        }
    }

    /// Whether the role may.
    pub(crate) fn is_of(self, role: Role) -> bool {
        match self {
            Permission::Enter | Permission::Own | Permission::Read => true,
            Permission::ReadRestricted => !matches!(role, Role::Reader | Role::Contributor),
            Permission::Add => matches!(role, Role::Contributor | Role::Reviewer | Role::Curator | Role::Admin),
            Permission::Decide => matches!(role, Role::Reviewer | Role::Curator | Role::Admin),
            Permission::Settle => matches!(role, Role::Curator | Role::Admin),
            Permission::ReadPeople => matches!(role, Role::Admin | Role::Auditor),
            Permission::ManagePeople => role == Role::Admin,
        }
    }

    /// What it is to do so, after "may not".
    pub(crate) fn told(self) -> &'static str {
        match self {
            Permission::Enter => "come to the door",
            Permission::Own => "see to their own account",
            Permission::Read => "read the record",
            Permission::ReadRestricted => "see what is restricted",
            Permission::Add => "add documents or statements",
            Permission::Decide => "decide about statements",
            Permission::Settle => "decide about events, actors, sources and releases, or take back what others decided",
            Permission::ReadPeople => "see who the people are",
            Permission::ManagePeople => "say who may come in",
        }
    }
}

/// Which decisions need which permission, by the action's code.
const ACTIONS: [(&str, Permission); 15] = [
    ("write", Permission::Add),
    ("accept", Permission::Decide),
    ("reject", Permission::Decide),
    ("correct", Permission::Decide),
    ("unsure", Permission::Decide),
    ("vote", Permission::Decide),
    ("join", Permission::Settle),
    ("split", Permission::Settle),
    ("actors", Permission::Settle),
    ("settle", Permission::Settle),
    ("reliability", Permission::Settle),
    ("status", Permission::Settle),
    ("origin", Permission::Settle),
    ("sensitivity", Permission::Settle),
    ("release", Permission::Settle),
];

/// Whether the role may make a decision of this action; an action that is not known is nobody's.
pub(crate) fn may(role: Role, action: &str) -> bool {
    ACTIONS.iter().any(|(known, permission)| *known == action && permission.is_of(role))
}

/// What each route does: its method, its path as the router matches it, and the permission that it needs, by which and by path it is
/// sorted. HEAD is asked as GET.
const ROUTES: &[(&str, &str, Permission)] = &[
    ("GET", "/enter", Permission::Enter),
    ("GET", "/sign-in", Permission::Enter),
    ("POST", "/sign-in", Permission::Enter),
    ("GET", "/ui/{*path}", Permission::Enter),
    ("GET", "/api/v1/openapi.json", Permission::Enter),
    ("POST", "/sign-out", Permission::Own),
    ("GET", "/you", Permission::Own),
    ("GET", "/api/v1/me", Permission::Own),
    ("PUT", "/api/v1/me/password", Permission::Own),
    ("GET", "/api/v1/sessions", Permission::Own),
    ("DELETE", "/api/v1/sessions/{number}", Permission::Own),
    ("GET", "/api/v1/tokens", Permission::Own),
    ("POST", "/api/v1/tokens", Permission::Own),
    ("DELETE", "/api/v1/tokens/{number}", Permission::Own),
    ("GET", "/", Permission::Read),
    ("GET", "/actor/{id}", Permission::Read),
    ("GET", "/actor/{id}/events", Permission::Read),
    ("GET", "/actor/{id}/relations", Permission::Read),
    ("GET", "/actor/{id}/said", Permission::Read),
    ("GET", "/actor/{id}/told", Permission::Read),
    ("GET", "/book", Permission::Read),
    ("GET", "/book/codebook", Permission::Read),
    ("GET", "/book/decision/{number}", Permission::Read),
    ("GET", "/book/diff", Permission::Read),
    ("GET", "/book/imports", Permission::Read),
    ("GET", "/book/imports/{number}", Permission::Read),
    ("GET", "/book/releases", Permission::Read),
    ("GET", "/book/runs", Permission::Read),
    ("GET", "/book/sources", Permission::Read),
    ("GET", "/document/{id}", Permission::Read),
    ("GET", "/document/{id}/comparison", Permission::Read),
    ("GET", "/estimate/{id}", Permission::Read),
    ("GET", "/event/{id}", Permission::Read),
    ("GET", "/feed.atom", Permission::Read),
    ("GET", "/history/{id}", Permission::Read),
    ("GET", "/map", Permission::Read),
    ("GET", "/relation/{id}", Permission::Read),
    ("GET", "/relations", Permission::Read),
    ("GET", "/review", Permission::Read),
    ("GET", "/review/{bucket}", Permission::Read),
    ("GET", "/statement/{id}", Permission::Read),
    ("GET", "/tiles", Permission::Read),
    ("GET", "/api/v1/actors", Permission::Read),
    ("GET", "/api/v1/actors/{id}", Permission::Read),
    ("GET", "/api/v1/actors/{id}/dossier", Permission::Read),
    ("GET", "/api/v1/actors/{id}/events", Permission::Read),
    ("GET", "/api/v1/actors/{id}/relations", Permission::Read),
    ("GET", "/api/v1/actors/{id}/said", Permission::Read),
    ("GET", "/api/v1/actors/{id}/told", Permission::Read),
    ("GET", "/api/v1/changes", Permission::Read),
    ("GET", "/api/v1/codebook", Permission::Read),
    ("GET", "/api/v1/decisions", Permission::Read),
    ("GET", "/api/v1/decisions/linked", Permission::Read),
    ("GET", "/api/v1/decisions/{number}", Permission::Read),
    ("GET", "/api/v1/diff", Permission::Read),
    ("GET", "/api/v1/documents", Permission::Read),
    ("GET", "/api/v1/documents/{id}", Permission::Read),
    ("GET", "/api/v1/documents/{id}/comparison", Permission::Read),
    ("GET", "/api/v1/estimates", Permission::Read),
    ("GET", "/api/v1/estimates/{id}", Permission::Read),
    ("GET", "/api/v1/events", Permission::Read),
    ("GET", "/api/v1/events/{id}", Permission::Read),
    ("GET", "/api/v1/events/{id}/alike", Permission::Read),
    ("GET", "/api/v1/events/{id}/brief", Permission::Read),
    ("GET", "/api/v1/export", Permission::Read),
    ("GET", "/api/v1/history/{id}", Permission::Read),
    ("GET", "/api/v1/imports", Permission::Read),
    ("GET", "/api/v1/imports/{number}/comparison", Permission::Read),
    ("GET", "/api/v1/log", Permission::Read),
    ("GET", "/api/v1/map", Permission::Read),
    ("GET", "/api/v1/network", Permission::Read),
    ("GET", "/api/v1/relations", Permission::Read),
    ("GET", "/api/v1/relations/{id}", Permission::Read),
    ("GET", "/api/v1/releases", Permission::Read),
    ("GET", "/api/v1/review", Permission::Read),
    ("GET", "/api/v1/review/agreement", Permission::Read),
    ("GET", "/api/v1/review/{bucket}", Permission::Read),
    ("GET", "/api/v1/runs", Permission::Read),
    ("GET", "/api/v1/saved", Permission::Read),
    ("POST", "/api/v1/saved", Permission::Read),
    ("DELETE", "/api/v1/saved/{number}", Permission::Read),
    ("PUT", "/api/v1/saved/{number}", Permission::Read),
    ("GET", "/api/v1/search", Permission::Read),
    ("GET", "/api/v1/sources", Permission::Read),
    ("GET", "/api/v1/statements", Permission::Read),
    ("GET", "/api/v1/statements/{id}", Permission::Read),
    ("GET", "/api/v1/timeline", Permission::Read),
    ("POST", "/api/v1/documents", Permission::Add),
    ("POST", "/api/v1/statements", Permission::Add),
    ("POST", "/api/v1/statements/suggest", Permission::Add),
    // Which action it is, and whose decision is taken back, the handler asks `Person::must_decide` and `Person::must_undo`.
    ("POST", "/api/v1/decisions", Permission::Decide),
    ("POST", "/api/v1/decisions/preview", Permission::Decide),
    ("POST", "/api/v1/decisions/redo", Permission::Decide),
    ("POST", "/api/v1/decisions/undo", Permission::Decide),
    ("POST", "/api/v1/releases", Permission::Settle),
    ("GET", "/book/people", Permission::ReadPeople),
    ("GET", "/api/v1/people", Permission::ReadPeople),
    ("GET", "/api/v1/people/log", Permission::ReadPeople),
    ("POST", "/api/v1/people", Permission::ManagePeople),
    ("PUT", "/api/v1/people/{name}/password", Permission::ManagePeople),
    ("PUT", "/api/v1/people/{name}/role", Permission::ManagePeople),
    ("PUT", "/api/v1/people/{name}/state", Permission::ManagePeople),
];

/// What the table says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruled {
    /// It needs this.
    Needs(Permission),
    /// The path is known, but not by this method.
    OtherMethod,
    /// The path is not in the table.
    Unlisted,
}

/// What a request by this method to this path, as the router matched it, needs.
pub(crate) fn ruled(method: &Method, path: &str) -> Ruled {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    let mut of_path = ROUTES.iter().filter(|(_, known, _)| *known == path).peekable();
    if of_path.peek().is_none() {
        return Ruled::Unlisted;
    }
    of_path.find(|(known, _, _)| *known == method).map_or(Ruled::OtherMethod, |(_, _, permission)| Ruled::Needs(*permission))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_made_by_those_whose_part_it_is() {
        // For each action the roles that may, in the order of `Role::ALL`.
        for (action, roles) in [
            ("write", "contributor reviewer curator admin"),
            ("accept", "reviewer curator admin"),
            ("correct", "reviewer curator admin"),
            ("join", "curator admin"),
            ("accept ", ""),
            ("drop table", ""),
        ] {
            let found: Vec<&str> = Role::ALL.into_iter().filter(|role| may(*role, action)).map(Role::as_str).collect();
            assert_eq!(found.join(" "), roles, "{action}");
        }
    }

    #[test]
    fn what_is_not_in_the_table_is_not_ruled() {
        for (method, path, ruling) in [
            (Method::HEAD, "/you", Ruled::Needs(Permission::Own)),
            (Method::POST, "/api/v1/people", Ruled::Needs(Permission::ManagePeople)),
            (Method::PATCH, "/api/v1/people", Ruled::OtherMethod),
            (Method::GET, "/api/v1/people/", Ruled::Unlisted),
            (Method::GET, "/API/v1/people", Ruled::Unlisted),
        ] {
            assert_eq!(ruled(&method, path), ruling, "{method} {path}");
        }
    }

    #[test]
    fn no_route_is_ruled_twice() {
        let mut routes: Vec<_> = ROUTES.iter().map(|(method, path, _)| (method, path)).collect();
        let all = routes.len();
        routes.sort();
        routes.dedup();
        assert_eq!(routes.len(), all);
    }
}
