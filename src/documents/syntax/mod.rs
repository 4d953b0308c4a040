//! The syntax of PDF files of our own making, read strictly: what we would not have written is refused.

mod file;
mod parser;
mod value;

pub(super) use file::{Flaw, LARGEST, Object, PdfFile, Revision};
pub(super) use parser::Parser;
pub(super) use value::{Dict, Value, hex};
