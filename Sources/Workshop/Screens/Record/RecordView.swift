import Scenario
import TerminalKit

/// Draws a student's record: two bars, what they come to, and the answers, those first that are worth another look.
struct RecordView {
    var record: CalibrationRecord
    /// Which of the answers is chosen.
    var index: Int
    var language: Language
    var glyphs: Glyphs

    private static let mostColumns = 80
    private static let barWidth = 24

    func draw(on frame: inout Frame) {
        let width = min(Self.mostColumns, frame.size.width - 4)
        let top = head(width: width - 4)
        let entries = record.listed
        let below = record.entries.isEmpty ? 0 : max(1, entries.count) + 2
        let area = frame.popUpRoom.popUp(
            Size(width: width, height: min(frame.size.height, top.count + below + 4)))
        frame.draw(Box(Words.record(language), isFocused: true), in: area, glyphs: glyphs)
        var content = Box.content(of: area)
        let keys = content.cutBottom(2).row(1)
        frame.draw(KeyHints(hints), in: keys, glyphs: glyphs)
        // The list keeps a few lines on the smallest screens.
        let text = content.cutTop(min(top.count, max(2, content.height - min(below, 5))))
        for (row, line) in top.prefix(text.height).enumerated() {
            frame.write(line, x: text.x, y: text.y + row, clip: text)
        }
        guard !record.entries.isEmpty else { return }
        _ = content.cutTop(1)
        let heading = content.cutTop(1)
        frame.write(self.heading, x: heading.x, y: heading.y, style: Style(.title, .bold), clip: heading)
        let items = entries.map { entry in
            let isRight = entry.answer.isRight
            return ChoiceList.Item(
                StyledText("\(glyphs[isRight ? .ok : .failed]) ", Style(isRight ? .ok : .fail))
                    + StyledText("\(entry.lesson.number) ", .muted) + StyledText(entry.step.title(language)),
                note: StyledText(confidence(entry), entry.isMisconception ? Style(.warn) : .muted))
        }
        frame.draw(ChoiceList(items, selected: min(index, items.count - 1)), in: content, glyphs: glyphs)
    }

    private var hints: [KeyHint] {
        let back = KeyHint("esc", Words.back(language), importance: 1)
        guard !record.entries.isEmpty else { return [back] }
        return [
            KeyHint(KeyMap.keys([.up, .down], glyphs.repertoire), Words.choose(language)),
            KeyHint(KeyMap.keys([.confirm], glyphs.repertoire), Words.goThere(language)), back,
        ]
    }

    private var heading: String {
        record.sureAndWrong.isEmpty ? Words.noneSureAndWrong(language) : Words.sureAndWrongFirst(language)
    }

    private func confidence(_ entry: CalibrationRecord.Entry) -> String {
        (entry.answer.confidence == .sure ? Words.sure : Words.guessed)(language)
    }

    /// The bars and the sentences.
    private func head(width: Int) -> [StyledText] {
        let challenges = record.challenges(language).map { StyledText($0).wrapped(to: width) } ?? []
        guard !record.entries.isEmpty else {
            return StyledText(Words.noAnswers(language), .muted).wrapped(to: width) + challenges
        }
        let rows = [(Words.sure, Confidence.sure), (Words.guessed, .guess)].map { ($0(language), record[$1]) }
        let labels = (rows.map { Text.width($0.0) }.max() ?? 0) + 2
        let bars = rows.filter { $0.1.count > 0 }.map { label, share in
            let bar = Bar(share.ratio).text(width: min(Self.barWidth, max(4, width - labels - 18)), glyphs: glyphs)
            let count = "\(share.right) \(Words.of(language)) \(share.count)"
            return StyledText(Text.pad(label, to: labels), .muted) + StyledText(bar.filled, Style(.ok))
                + StyledText(bar.empty, Style(.border)) + StyledText("  \(count)", Style(.text, .bold))
        }
        return bars + [StyledText()]
            + record.sentences(language).flatMap { StyledText($0).wrapped(to: width) } + challenges
    }
}

extension RecordView {
    /// The record in sentences.
    var spoken: [String] {
        let challenges = [record.challenges(language)].compactMap(\.self)
        guard !record.entries.isEmpty else { return [Words.noAnswers(language)] + challenges }
        let entries = record.listed.map { entry in
            let verdict = language.text(
                entry.answer.isRight ? "right" : "wrong", entry.answer.isRight ? "acierto" : "fallo")
            return "\(entry.lesson.number) \(entry.lesson.title(language)), \(entry.step.title(language)): \(verdict), "
                + "\(confidence(entry))."
        }
        return record.sentences(language) + challenges + [Speech.sentence(heading)] + entries
    }
}

extension App {
    private var record: CalibrationRecord {
        CalibrationRecord(course.arranged(lessons), progress)
    }

    /// Shows how one's own answers went; who teaches or follows gives none.
    mutating func openRecord() {
        guard presenter == nil, follower == nil else { return }
        pause()
        overlay = .record(0)
    }

    func recordView(_ index: Int) -> RecordView {
        RecordView(record: record, index: index, language: language, glyphs: settings.glyphs)
    }

    /// A key of the record: along the answers, and to one of them.
    mutating func press(_ key: Key, inRecord index: Int) -> [Effect] {
        let entries = record.listed
        switch KeyMap.command(for: key) {
        case .up, .scrollUp: overlay = .record(max(0, index - 1))
        case .down, .scrollDown: overlay = .record(min(index + 1, max(0, entries.count - 1)))
        case .language: language = language.other
        case .confirm where entries.indices.contains(index):
            overlay = nil
            stepToOpen = entries[index].step.id
            return [.open(entries[index].lesson)]
        default: overlay = nil
        }
        return []
    }
}
