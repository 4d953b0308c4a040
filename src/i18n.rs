//! Texts in zh-CN and English from the catalogues.
