//! How do documents and statements look as columns?
