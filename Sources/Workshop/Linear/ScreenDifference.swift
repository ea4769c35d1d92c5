import TerminalKit

/// What has changed on a screen and is told by no sentence: the row that is chosen now, else the first that are new.
///
/// Boxes are read one after another: what stands side by side is no sentence. Both screens are drawn with lines that
/// texts do not have (``App/legible``).
struct ScreenDifference: Spoken {
    let before: Frame
    let after: Frame
    /// More are a picture, and not something to hear.
    private static let mostRows = 4

    /// A row of a box.
    private struct Stretch {
        var columns: Range<Int>
        var y: Int
    }

    func spoken(_ language: Language) -> [String] {
        guard before.size == after.size, before != after else { return [] }
        // The keys of a screen are not those of somebody who types lines.
        let changed = stretches.filter { stretch in
            stretch.columns.contains { before[$0, stretch.y] != after[$0, stretch.y] } && !isOfKeys(stretch)
        }
        let chosen = changed.filter { stretch in
            stretch.columns.contains { after[$0, stretch.y].style.role == .selection }
        }
        let told = (chosen.isEmpty ? changed : chosen).map { FrameSpeech(frame: cut($0)).spoken(language) }
        return Array(told.filter { !$0.isEmpty }.prefix(Self.mostRows).joined())
    }

    private func isOfKeys(_ stretch: Stretch) -> Bool {
        stretch.columns.count { after[$0, stretch.y].style.role == .key } > 0
    }

    /// Box by box, from the top; the rows of one begin in the same column.
    private var stretches: [Stretch] {
        var found: [Stretch] = []
        for y in 0..<after.size.height {
            var start = 0
            for x in 0...after.size.width where x == after.size.width || isLine(x, y) {
                if x > start { found.append(Stretch(columns: start..<x, y: y)) }
                start = x + 1
            }
        }
        var starts: [Int] = []
        for stretch in found where !starts.contains(stretch.columns.lowerBound) {
            starts.append(stretch.columns.lowerBound)
        }
        return starts.flatMap { start in found.filter { $0.columns.lowerBound == start } }
    }

    /// Whether a box, or a line in it, is drawn there.
    private func isLine(_ x: Int, _ y: Int) -> Bool {
        after[x, y].character.unicodeScalars.contains { (0x2500...0x257F).contains($0.value) }
    }

    private func cut(_ stretch: Stretch) -> Frame {
        var row = Frame(size: Size(width: stretch.columns.count, height: 1))
        for x in stretch.columns where after[x, stretch.y].width > 0 {
            let text = String(after[x, stretch.y].character)
            row.write(text, x: x - stretch.columns.lowerBound, y: 0, style: .text)
        }
        return row
    }
}

extension App {
    /// The screen with lines and boxes that can be told from its texts, whatever the terminal can draw.
    var legible: Frame {
        var app = self
        app.settings.glyphs = .unicode
        return app.view()
    }
}
