//! Who may do what with a record? Users, roles, sessions, tokens, and what each keeps for itself.
