import CMarkdown

/// A node of cmark's tree, as a Swift value: the only place that calls cmark.
struct CommonMarkNode {
    enum Kind: Equatable {
        case document, paragraph, quote, item, code, html, rule
        case heading(Int)
        case list(start: Int?)
        case text, softBreak, lineBreak, inlineCode, inlineHTML, emphasis, strong, link, image
        case other
    }

    let kind: Kind
    let typeName: String
    /// From 1, in the text given to cmark.
    let line: Int
    let literal: String
    let url: String
    let children: [CommonMarkNode]

    /// A parsed text. Its tree is copied, so that cmark's memory is freed at once.
    struct Document {
        let root: CommonMarkNode

        init(_ source: String) {
            var source = source
            let tree = source.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    cmark_parse_document($0.baseAddress, $0.count, CMARK_OPT_DEFAULT)
                }
            }
            defer { cmark_node_free(tree) }
            cmark_consolidate_text_nodes(tree)
            root = CommonMarkNode(tree, depth: 0)
        }
    }

    /// Copying stops here: nobody nests so deep, and recursion must end.
    private static let maximumDepth = 64

    private init(_ node: OpaquePointer?, depth: Int) {
        kind = Self.kind(node)
        typeName = Self.string(cmark_node_get_type_string(node))
        line = Int(cmark_node_get_start_line(node))
        literal = Self.string(cmark_node_get_literal(node))
        url = Self.string(cmark_node_get_url(node))
        var children: [CommonMarkNode] = []
        var child = depth < Self.maximumDepth ? cmark_node_first_child(node) : nil
        while let current = child {
            children.append(CommonMarkNode(current, depth: depth + 1))
            child = cmark_node_next(current)
        }
        self.children = children
    }

    private static func string(_ text: UnsafePointer<CChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }

    private static func kind(_ node: OpaquePointer?) -> Kind {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_DOCUMENT: .document
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_HEADING: .heading(Int(cmark_node_get_heading_level(node)))
        case CMARK_NODE_BLOCK_QUOTE: .quote
        case CMARK_NODE_LIST:
            .list(
                start: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil
            )
        case CMARK_NODE_ITEM: .item
        case CMARK_NODE_CODE_BLOCK: .code
        case CMARK_NODE_HTML_BLOCK: .html
        case CMARK_NODE_THEMATIC_BREAK: .rule
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_LINEBREAK: .lineBreak
        case CMARK_NODE_CODE: .inlineCode
        case CMARK_NODE_HTML_INLINE: .inlineHTML
        case CMARK_NODE_EMPH: .emphasis
        case CMARK_NODE_STRONG: .strong
        case CMARK_NODE_LINK: .link
        case CMARK_NODE_IMAGE: .image
        default: .other
        }
    }
}
