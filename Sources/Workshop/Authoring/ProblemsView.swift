import Scenario
import TerminalKit

/// What is wrong with the files of a lesson, over the screen: each problem with its place and the line itself.
///
/// Where not all of them fit, the first ones are turned over.
struct ProblemsView {
    private static let widest = 100

    let problems: [Problem]
    /// Which of them stands at the top.
    var first = 0
    let language: Language
    let glyphs: Glyphs

    func draw(on frame: inout Frame) {
        let width = min(Self.widest, frame.size.width - 4)
        let room = frame.size.height - 4
        var lines: [StyledText] = []
        var shown = 0
        for problem in problems.dropFirst(first) {
            let more = self.lines(of: problem, width: width - 4)
            let gap = lines.isEmpty ? 0 : 1
            // One line is kept for what is not shown.
            let isLast = first + shown == problems.count - 1
            guard shown == 0 || lines.count + gap + more.count <= (isLast ? room : room - 2) else { break }
            lines += Array(repeating: StyledText(), count: gap) + more
            shown += 1
        }
        let rest = problems.count - first - shown
        if rest > 0 {
            let keys = KeyMap.keys([.down], glyphs.repertoire)
            lines += [StyledText(), StyledText("\(Words.moreProblems(rest)(language))  \(keys)", .muted)]
        }
        let box = frame.popUpRoom.popUp(Size(width: width, height: min(room, lines.count) + 2))
        frame.draw(Box(Words.wrongFiles(language), isFocused: true), in: box, glyphs: glyphs)
        let content = Box.content(of: box)
        for (row, line) in lines.prefix(content.height).enumerated() {
            frame.write(line.fitted(to: content.width, glyphs: glyphs), x: content.x, y: content.y + row)
        }
    }

    private func lines(of problem: Problem, width: Int) -> [StyledText] {
        let name = problem.file.split(separator: "/").suffix(1).joined()
        let place = problem.line > 0 ? "\(name):\(problem.line):\(problem.column)" : name
        var lines = StyledText("\(place) ", Style(.accent, .bold)) + StyledText(problem.message)
        var all = lines.wrapped(to: width, hanging: 2)
        if problem.line > 0 { all += source(of: problem, width: width) }
        if let suggestion = problem.suggestion {
            lines = StyledText(suggestion, .muted)
            all += lines.wrapped(to: width - 2).map { StyledText("  ") + $0 }
        }
        return all
    }

    /// The line and a mark under the place; of a long line the part round the place.
    private func source(of problem: Problem, width: Int) -> [StyledText] {
        let number = "  \(problem.line) │ ".replacing("│", with: String(glyphs.vertical))
        let room = max(8, width - Text.width(number))
        let scalars = Array(problem.source.unicodeScalars)
        let offset = min(problem.offset, scalars.count)
        // The place stands in the left two thirds, so that what follows can be read too.
        let start = scalars.count <= room ? 0 : max(0, offset - room / 2)
        let before = String(String.UnicodeScalarView(scalars[start..<offset]))
        let marked = String(String.UnicodeScalarView(scalars[offset...].prefix(problem.length)))
        let rest = String(String.UnicodeScalarView(scalars.dropFirst(offset + problem.length)))
        let line = StyledText(number, .muted) + StyledText(before) + StyledText(marked, Style(.fail, .bold))
            + StyledText(rest)
        let blanks = String(repeating: " ", count: Text.width(number) + Text.width(before))
        let carets = String(repeating: "^", count: max(1, min(Text.width(marked), room - Text.width(before))))
        return [line, StyledText(blanks) + StyledText(carets, Style(.fail, .bold))]
    }
}

extension StyledText {
    /// In so many columns; what is cut is marked.
    fileprivate func fitted(to width: Int, glyphs: Glyphs) -> StyledText {
        if self.width <= width { return self }
        var line = StyledText()
        for span in spans {
            let room = width - 1 - line.width
            if Text.width(span.text) > room {
                line.append(Text.truncate(span.text, to: max(0, room), ellipsis: " "), span.style)
                break
            }
            line.append(span.text, span.style)
        }
        return line + StyledText(String(glyphs.ellipsis), .muted)
    }
}

extension Words {
    static let wrongFiles = LocalizedText(
        en: "The lesson's files have problems", es: "Hay problemas en los archivos de la lección")

    static func moreProblems(_ count: Int) -> LocalizedText {
        LocalizedText(en: "and \(count) more", es: "y \(count) más")
    }
}
