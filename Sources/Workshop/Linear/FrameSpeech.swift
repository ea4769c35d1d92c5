import TerminalKit

/// What a drawn block says, row by row: for pictures and screens that have no sentences of their own.
struct FrameSpeech: Spoken {
    let frame: Frame

    func spoken(_ language: Language) -> [String] {
        frame.rows.compactMap { row in
            let fields = Self.fields(of: Speech.plain(row, language))
            let text = fields.joined(separator: ", ")
            return text.contains { $0.isLetter || $0.isNumber } ? Speech.sentence(text) : nil
        }
    }

    /// What stands together: two blanks part it.
    private static func fields(of row: String) -> [String] {
        var fields: [String] = []
        var field: [Substring] = []
        for word in row.split(separator: " ", omittingEmptySubsequences: false) {
            if word.isEmpty {
                if !field.isEmpty { fields.append(field.joined(separator: " ")) }
                field = []
            } else {
                field.append(word)
            }
        }
        if !field.isEmpty { fields.append(field.joined(separator: " ")) }
        return fields.filter { $0.contains { $0.isLetter || $0.isNumber } }
    }
}

extension Panel {
    /// What the picture shows, in sentences. Panels say it better themselves; this reads a large drawing row by row.
    public func spoken(_ context: PanelContext) -> [String] {
        var context = context
        context.glyphs = .unicode
        context.isFocused = false
        var frame = Frame(size: Size(width: 110, height: 60))
        draw(context, into: &frame, in: frame.bounds)
        return FrameSpeech(frame: frame).spoken(context.language)
    }
}
