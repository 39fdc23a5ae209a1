//! Foreign formats, read into statements and written from them.
