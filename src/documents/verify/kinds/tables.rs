//! The keys of each kind of object, with what their values may be.

/// What an object, or a dictionary within one, is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Catalog,
    MarkInfo,
    Preferences,
    Intent,
    Form,
    Names,
    NameTree,
    Pages,
    Page,
    Resources,
    Widget,
    Look,
    Blank,
    Tree,
    Element,
    Attributes,
    Parents,
    Filespec,
    Places,
    File,
    Params,
    Outlines,
    Item,
    Metadata,
    Profile,
    Info,
    Content,
    Font,
    CidFont,
    System,
    Descriptor,
    FontFile,
    Meanings,
}

/// What a value may be.
pub(super) enum Is {
    /// A number, a word, a text, a name, a reference back, or a list of such.
    Plain,
    Name(&'static [&'static str]),
    Ref(Kind),
    Refs(Kind),
    /// A dictionary within this one.
    In(Kind),
    Ins(Kind),
    /// A dictionary of references under names of any kind.
    Named(Kind),
    /// Texts, each with a reference.
    Pairs(Kind),
    /// Elements, marked pieces of pages, or a place to sign.
    Kids,
    /// Numbers, each with an element or some.
    Numbered,
}

pub(super) type Table = &'static [(&'static str, Is)];

const STREAM: Table = &[
    ("Length", Is::Plain),
    ("Filter", Is::Name(&["FlateDecode"])),
];

const ROLES: &[&str] = &[
    "Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "L", "LI", "Lbl", "LBody", "Figure",
    "Form",
];

const CATALOG: Table = &[
    ("Type", Is::Name(&["Catalog"])),
    ("Pages", Is::Ref(Kind::Pages)),
    ("Metadata", Is::Ref(Kind::Metadata)),
    ("StructTreeRoot", Is::Ref(Kind::Tree)),
    ("MarkInfo", Is::In(Kind::MarkInfo)),
    ("Lang", Is::Plain),
    ("ViewerPreferences", Is::In(Kind::Preferences)),
    ("OutputIntents", Is::Ins(Kind::Intent)),
    ("AcroForm", Is::In(Kind::Form)),
    ("Outlines", Is::Ref(Kind::Outlines)),
    ("PageMode", Is::Name(&["UseOutlines"])),
    ("AF", Is::Refs(Kind::Filespec)),
    ("Names", Is::In(Kind::Names)),
];
const INTENT: Table = &[
    ("Type", Is::Name(&["OutputIntent"])),
    ("S", Is::Name(&["GTS_PDFA1"])),
    ("OutputConditionIdentifier", Is::Plain),
    ("Info", Is::Plain),
    ("DestOutputProfile", Is::Ref(Kind::Profile)),
];
const PAGE: Table = &[
    ("Type", Is::Name(&["Page"])),
    ("Parent", Is::Ref(Kind::Pages)),
    ("MediaBox", Is::Plain),
    ("Contents", Is::Ref(Kind::Content)),
    ("StructParents", Is::Plain),
    ("Tabs", Is::Name(&["S"])),
    ("Annots", Is::Refs(Kind::Widget)),
    ("Resources", Is::In(Kind::Resources)),
];
const WIDGET: Table = &[
    ("FT", Is::Name(&["Sig"])),
    ("T", Is::Plain),
    ("TU", Is::Plain),
    ("Type", Is::Name(&["Annot"])),
    ("Subtype", Is::Name(&["Widget"])),
    ("P", Is::Ref(Kind::Page)),
    ("Rect", Is::Plain),
    ("F", Is::Plain),
    ("StructParent", Is::Plain),
    ("AP", Is::In(Kind::Look)),
];
const BLANK: Table = &[
    ("Length", Is::Plain),
    ("Type", Is::Name(&["XObject"])),
    ("Subtype", Is::Name(&["Form"])),
    ("BBox", Is::Plain),
    ("Resources", Is::Named(Kind::Font)),
];
const ELEMENT: Table = &[
    ("Type", Is::Name(&["StructElem"])),
    ("S", Is::Name(ROLES)),
    ("P", Is::Plain),
    ("K", Is::Kids),
    ("A", Is::Ins(Kind::Attributes)),
    ("Alt", Is::Plain),
    ("Lang", Is::Plain),
];
const FILESPEC: Table = &[
    ("Type", Is::Name(&["Filespec"])),
    ("F", Is::Plain),
    ("UF", Is::Plain),
    ("Desc", Is::Plain),
    (
        "AFRelationship",
        Is::Name(&["Data", "Supplement", "Source"]),
    ),
    ("EF", Is::In(Kind::Places)),
];
const FILE: Table = &[
    ("Length", Is::Plain),
    ("Filter", Is::Name(&["FlateDecode"])),
    ("Type", Is::Name(&["EmbeddedFile"])),
    ("Subtype", Is::Plain),
    ("Params", Is::In(Kind::Params)),
];
const ITEM: Table = &[
    ("Title", Is::Plain),
    ("Parent", Is::Ref(Kind::Outlines)),
    ("Prev", Is::Ref(Kind::Item)),
    ("Next", Is::Ref(Kind::Item)),
    ("Dest", Is::Plain),
];
const FONT: Table = &[
    ("Type", Is::Name(&["Font"])),
    ("Subtype", Is::Name(&["Type0"])),
    ("BaseFont", Is::Plain),
    ("Encoding", Is::Name(&["Identity-H"])),
    ("DescendantFonts", Is::Refs(Kind::CidFont)),
    ("ToUnicode", Is::Ref(Kind::Meanings)),
];
const CID_FONT: Table = &[
    ("Type", Is::Name(&["Font"])),
    ("Subtype", Is::Name(&["CIDFontType2"])),
    ("BaseFont", Is::Plain),
    ("CIDSystemInfo", Is::In(Kind::System)),
    ("FontDescriptor", Is::Ref(Kind::Descriptor)),
    ("DW", Is::Plain),
    ("CIDToGIDMap", Is::Name(&["Identity"])),
    ("W", Is::Plain),
];
const DESCRIPTOR: Table = &[
    ("Type", Is::Name(&["FontDescriptor"])),
    ("FontName", Is::Plain),
    ("Flags", Is::Plain),
    ("FontBBox", Is::Plain),
    ("ItalicAngle", Is::Plain),
    ("Ascent", Is::Plain),
    ("Descent", Is::Plain),
    ("CapHeight", Is::Plain),
    ("StemV", Is::Plain),
    ("FontFile2", Is::Ref(Kind::FontFile)),
];

const MARK_INFO: Table = &[("Marked", Is::Plain)];
const PREFERENCES: Table = &[("DisplayDocTitle", Is::Plain)];
const FORM: Table = &[("Fields", Is::Refs(Kind::Widget)), ("SigFlags", Is::Plain)];
const NAMES: Table = &[("EmbeddedFiles", Is::In(Kind::NameTree))];
const NAME_TREE: Table = &[("Names", Is::Pairs(Kind::Filespec))];
const PAGES: Table = &[
    ("Type", Is::Name(&["Pages"])),
    ("Kids", Is::Refs(Kind::Page)),
    ("Count", Is::Plain),
];
const RESOURCES: Table = &[("Font", Is::Named(Kind::Font))];
const LOOK: Table = &[("N", Is::Ref(Kind::Blank))];
const TREE: Table = &[
    ("Type", Is::Name(&["StructTreeRoot"])),
    ("K", Is::Ref(Kind::Element)),
    ("ParentTree", Is::Ref(Kind::Parents)),
    ("ParentTreeNextKey", Is::Plain),
];
const ATTRIBUTES: Table = &[
    ("O", Is::Name(&["Table", "List"])),
    ("Scope", Is::Name(&["Row"])),
    ("ListNumbering", Is::Name(&["Decimal"])),
];
const PARENTS: Table = &[("Nums", Is::Numbered)];
const PLACES: Table = &[("F", Is::Ref(Kind::File)), ("UF", Is::Ref(Kind::File))];
const PARAMS: Table = &[("Size", Is::Plain), ("ModDate", Is::Plain)];
const OUTLINES: Table = &[
    ("Type", Is::Name(&["Outlines"])),
    ("First", Is::Ref(Kind::Item)),
    ("Last", Is::Ref(Kind::Item)),
    ("Count", Is::Plain),
];
const METADATA: Table = &[
    ("Length", Is::Plain),
    ("Type", Is::Name(&["Metadata"])),
    ("Subtype", Is::Name(&["XML"])),
];
const PROFILE: Table = &[
    ("Length", Is::Plain),
    ("Filter", Is::Name(&["FlateDecode"])),
    ("N", Is::Plain),
];
const INFO: Table = &[
    ("Title", Is::Plain),
    ("Creator", Is::Plain),
    ("CreationDate", Is::Plain),
];
const SYSTEM: Table = &[
    ("Registry", Is::Plain),
    ("Ordering", Is::Plain),
    ("Supplement", Is::Plain),
];
const FONT_FILE: Table = &[
    ("Length", Is::Plain),
    ("Filter", Is::Name(&["FlateDecode"])),
    ("Length1", Is::Plain),
];
const MEANINGS: Table = &[
    ("Length", Is::Plain),
    ("Filter", Is::Name(&["FlateDecode"])),
    ("Type", Is::Name(&["CMap"])),
];

impl Kind {
    pub(super) const fn table(self) -> Table {
        match self {
            Self::Catalog => CATALOG,
            Self::Intent => INTENT,
            Self::Page => PAGE,
            Self::Widget => WIDGET,
            Self::Blank => BLANK,
            Self::Element => ELEMENT,
            Self::Filespec => FILESPEC,
            Self::File => FILE,
            Self::Item => ITEM,
            Self::Font => FONT,
            Self::CidFont => CID_FONT,
            Self::Descriptor => DESCRIPTOR,
            Self::MarkInfo => MARK_INFO,
            Self::Preferences => PREFERENCES,
            Self::Form => FORM,
            Self::Names => NAMES,
            Self::NameTree => NAME_TREE,
            Self::Pages => PAGES,
            Self::Resources => RESOURCES,
            Self::Look => LOOK,
            Self::Tree => TREE,
            Self::Attributes => ATTRIBUTES,
            Self::Parents => PARENTS,
            Self::Places => PLACES,
            Self::Params => PARAMS,
            Self::Outlines => OUTLINES,
            Self::Metadata => METADATA,
            Self::Profile => PROFILE,
            Self::Info => INFO,
            Self::Content => STREAM,
            Self::System => SYSTEM,
            Self::FontFile => FONT_FILE,
            Self::Meanings => MEANINGS,
        }
    }

    pub(super) const fn is_stream(self) -> bool {
        matches!(
            self,
            Self::Blank
                | Self::File
                | Self::Metadata
                | Self::Profile
                | Self::Content
                | Self::FontFile
                | Self::Meanings
        )
    }
}
