//! Why can no assistant be answered?

/// Why no assistant can be answered. Its message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record cannot be opened.
    #[error("{0}")]
    Record(#[from] sayso_server::Error),
    /// The system gives no threads.
    #[error("the system gives this program no threads ({0})")]
    System(std::io::Error),
    /// What asks does not speak the protocol, or the program's own description is at fault.
    #[error("{0}; `sayso mcp` is started by an assistant that speaks the Model Context Protocol: see docs/assistants.md")]
    Broken(String),
}
