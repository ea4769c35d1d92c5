/// A piece of text in one style.
public struct Span: Hashable, Sendable {
    public var text: String
    public var style: Style

    public init(_ text: String, _ style: Style = .text) {
        self.text = text
        self.style = style
    }
}

/// Text in several styles. A line feed in it is a hard break for ``wrapped(to:hanging:)``.
public struct StyledText: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    public var spans: [Span]

    public init(spans: [Span] = []) { self.spans = spans }
    public init(_ text: String, _ style: Style = .text) { spans = text.isEmpty ? [] : [Span(text, style)] }
    public init(stringLiteral text: String) { self.init(text) }
    public init(arrayLiteral spans: Span...) { self.spans = spans }

    /// The text without its styles.
    public var plain: String { spans.reduce(into: "") { $0 += $1.text } }
    /// Columns it takes on one line.
    public var width: Int { spans.reduce(0) { $0 + Text.width($1.text) } }
    public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

    public mutating func append(_ text: String, _ style: Style = .text) {
        if let last = spans.indices.last, spans[last].style == style {
            spans[last].text += text
        } else if !text.isEmpty {
            spans.append(Span(text, style))
        }
    }

    public static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        for span in right.spans { sum.append(span.text, span.style) }
        return sum
    }

    public static func += (left: inout StyledText, right: StyledText) { left = left + right }

    /// The text cut to so many columns, as ``Text/truncate(_:to:ellipsis:)`` does; the ellipsis has the style it cuts.
    public func truncated(to width: Int, ellipsis: Character = "…") -> StyledText {
        guard self.width > width else { return self }
        var cut = StyledText()
        var room = width
        for span in spans where room > 0 {
            let spanWidth = Text.width(span.text)
            if spanWidth < room {
                cut.append(span.text, span.style)
            } else {
                // One column more than fits makes sure that the ellipsis is drawn.
                cut.append(Text.truncate(span.text + " ", to: room, ellipsis: ellipsis), span.style)
            }
            room -= spanWidth
        }
        return cut
    }
}

extension Frame {
    /// Writes styled text on one line, clipped. Returns the column after it.
    @discardableResult
    public mutating func write(_ text: StyledText, x: Int, y: Int, clip: Rect? = nil) -> Int {
        var column = x
        for span in text.spans { column = write(span.text, x: column, y: y, style: span.style, clip: clip) }
        return column
    }
}
