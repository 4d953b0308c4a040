//! PDF papers: text layout, each document, signing and verifying.
