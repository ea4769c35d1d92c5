import Scenario
import TerminalKit

/// The parts that can be added where the cursor is, narrowed down by what is typed.
struct Palette: Sendable {
    struct Entry: Hashable, Sendable {
        var part: Part
        var path: NodePath
        /// Before which item of a list; `nil`: at its end.
        var index: Int?
    }

    private let all: [Entry]
    var field = TextField(limit: 40)
    var selected = 0
    /// The first entry that shows, as far as the selected one shows too.
    private(set) var top = 0
    var problem: SandboxState.Notice?

    /// What goes into the part at the cursor, then what goes into those that it stands in.
    init(at cursor: NodePath, in root: YAMLNode) {
        var entries: [Entry] = []
        var seen: Set<String> = []
        for (path, place) in PartPlace.all(of: cursor, in: root) {
            let index = cursor.count > path.count ? cursor.steps[path.count] : nil
            let next: Int? = if case .item(let item)? = index { item + 1 } else { nil }
            for part in PartCatalogue.parts(at: place) where part.fits(path, in: root) {
                // What stands nearer has the same key in a nearer place.
                guard seen.insert("\(part.label) \(part.form)").inserted else { continue }
                entries.append(Entry(part: part, path: path, index: next))
            }
        }
        all = entries
    }

    /// Those whose label or description has every word that was typed; then those that have it in their text.
    var entries: [Entry] {
        let words = field.text.lowercased().split(separator: " ")
        func have(_ text: String) -> Bool { words.allSatisfy { text.lowercased().contains($0) } }
        func about(_ entry: Entry) -> String {
            "\(entry.part.label) \(entry.part.about.en) \(entry.part.about.es) \(entry.path)"
        }
        let named = all.filter { have(about($0)) }
        return named + all.filter { !have(about($0)) && have("\(about($0)) \($0.part.yaml)") }
    }

    var chosen: Entry? {
        let entries = entries
        return entries.indices.contains(selected) ? entries[selected] : nil
    }

    /// Takes a key that moves in the list or narrows it.
    /// - Parameter rows: entries that show at once.
    mutating func press(_ key: Key, rows: Int) {
        problem = nil
        let count = entries.count
        let page = max(1, rows - 1)
        switch key {
        case .up: selected = max(0, selected - 1)
        case .down: selected = min(max(0, count - 1), selected + 1)
        case .pageUp: selected = max(0, selected - page)
        case .pageDown: selected = min(max(0, count - 1), selected + page)
        default:
            let text = field.text
            if field.press(key), field.text != text { selected = 0 }
        }
        top = Scroll(total: entries.count, visible: rows, offset: top, showing: selected).offset
    }
}
