extension Frame {
    /// The frame as a picture that needs nothing else: SVG 1.1, with lines and blocks drawn as shapes so that they meet
    /// whatever the font.
    ///
    /// - Parameter title: What readers of the page's text get to know.
    public func svg(theme: Theme, depth: ColourDepth = .truecolour, title: String) -> String {
        SVGWriter(frame: self, inks: ThemeInks(theme: theme, depth: depth)).picture(title: title)
    }

    /// The frame as a picture inside a page that gives the colours: see ``Theme/variables``.
    public func svg(variablesOf theme: Theme, title: String) -> String {
        SVGWriter(frame: self, inks: VariableInks(theme: theme)).picture(title: title)
    }
}

private struct SVGWriter {
    let frame: Frame
    let inks: any Inks

    private static let margin = 12

    func picture(title: String) -> String {
        let width = frame.size.width * CellShape.width + 2 * Self.margin
        let height = frame.size.height * CellShape.height + 2 * Self.margin
        var lines = [
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(width) \#(height)" width="\#(width)" "#
                + #"height="\#(height)" role="img" xml:space="preserve" font-size="15" "#
                + #"font-family="'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace">"#,
            "<title>\(Escape.xml(title))</title>",
            #"<rect width="\#(width)" height="\#(height)" rx="8" fill="\#(inks.page)"/>"#,
            #"<g transform="translate(\#(Self.margin) \#(Self.margin))">"#,
        ]
        for y in 0..<frame.size.height {
            for run in frame.styleRuns(y) { lines += elements(of: run, y) }
        }
        if let cursor = frame.cursor, frame.bounds.contains(cursor) {
            lines.append(rect(cursor.x, cursor.y, columns: 1, fill: inks.text, extra: #" fill-opacity="0.5""#))
        }
        lines += ["</g>", "</svg>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func rect(_ x: Int, _ y: Int, columns: Int, fill: String, extra: String = "") -> String {
        let (left, top) = (x * CellShape.width, y * CellShape.height)
        let width = columns * CellShape.width
        return
            #"<rect x="\#(left)" y="\#(top)" width="\#(width)" height="\#(CellShape.height)" "#
                + #"fill="\#(fill)"\#(extra)/>"#
    }

    /// The run's background, its shapes, and its text.
    private func elements(of run: Frame.StyleRun, _ y: Int) -> [String] {
        let look = inks.look(run.style)
        var elements: [String] = []
        if let background = look.background {
            elements.append(rect(run.columns.lowerBound, y, columns: run.columns.count, fill: background))
        }
        var strokes = ""
        var fills = Array(repeating: "", count: 5)
        var word: (text: String, columns: Range<Int>)?
        func endWord() {
            if let word { elements.append(text(word.text, word.columns, y, look)) }
            word = nil
        }
        for x in run.columns {
            let cell = frame[x, y]
            guard cell.width > 0 else { continue }
            let end = x + Int(cell.width)
            if let shape = CellShape(cell.character) {
                endWord()
                strokes += shape.strokes(x, y)
                fills[shape.quarters] += shape.fills(x, y)
            } else if cell.character == " ", !look.attributes.contains(.underline) {
                endWord()
            } else if cell.character.isASCII, let start = word?.columns.lowerBound, word?.text.last?.isASCII == true {
                word?.text.append(cell.character)
                word?.columns = start..<end
            } else {
                // A sign that the font may lack stands alone, so that it moves no neighbour.
                endWord()
                word = (String(cell.character), x..<end)
            }
        }
        endWord()
        let opacity = look.attributes.contains(.dim) ? #" opacity="0.6""# : ""
        let width = look.attributes.contains(.bold) ? "2" : "1.2"
        if !strokes.isEmpty {
            elements.append(
                #"<path d="\#(strokes)" stroke="\#(look.foreground)" stroke-width="\#(width)" fill="none"\#(opacity)/>"#
            )
        }
        for (quarters, fill) in fills.enumerated() where !fill.isEmpty {
            let shade = quarters < 4 ? #" fill-opacity="0.\#(quarters * 25)""# : ""
            elements.append(#"<path d="\#(fill)" fill="\#(look.foreground)"\#(shade)\#(opacity)/>"#)
        }
        return elements
    }

    private func text(_ text: String, _ columns: Range<Int>, _ y: Int, _ look: InkedLook) -> String {
        var attributes = #"x="\#(columns.lowerBound * CellShape.width)" y="\#(y * CellShape.height + 14)""#
        attributes += #" textLength="\#(columns.count * CellShape.width)" fill="\#(look.foreground)""#
        if look.attributes.contains(.bold) { attributes += #" font-weight="bold""# }
        if look.attributes.contains(.italic) { attributes += #" font-style="italic""# }
        if look.attributes.contains(.underline) { attributes += #" text-decoration="underline""# }
        if look.attributes.contains(.dim) { attributes += #" opacity="0.6""# }
        return "<text \(attributes)>\(Escape.xml(text))</text>"
    }
}
