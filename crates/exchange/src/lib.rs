//! How does the record look in the forms of its neighbours, and what do their data say beside it?
