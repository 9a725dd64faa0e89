//! What may an assistant ask of the record?
