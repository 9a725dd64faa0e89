//! What is new at these addresses?
