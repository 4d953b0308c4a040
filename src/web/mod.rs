//! HTTP: router, pages, API. Handlers translate, they do not decide.
