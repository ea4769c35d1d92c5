import Scenario
import TerminalKit
import Trace

/// The run as a line: what is played and what is to come, marks and faults; then the speed and the moment.
struct TimelineView {
    var marks: [SystemMark]
    var player: Player
    var language: Language
    var glyphs: Glyphs

    func draw(in area: Rect, on frame: inout Frame) {
        guard let run = player.run else { return }
        frame.draw(timeline(run), in: line(in: area), glyphs: glyphs)
        frame.write(status, x: area.maxX - Text.width(status), y: area.y, style: Style(.accent), clip: area)
    }

    /// The moment of a column; `nil` beside the line.
    func time(at column: Int, in area: Rect) -> VirtualTime? {
        player.run.flatMap { timeline($0).time(at: column, in: line(in: area)) }.map(VirtualTime.seconds)
    }

    private var numbers: NumberText { NumberText(language, glyphs.repertoire) }

    private var status: String {
        let playing = player.playhead.isPlaying ? glyphs.play : glyphs.pause
        return " \(playing) \(player.playhead.speed.label(language))  \(numbers.moment(player.cursor.time)) "
    }

    private func line(in area: Rect) -> Rect {
        Rect(x: area.x + 1, y: area.y, width: area.width - max(Text.width(status), 20) - 2, height: 1)
    }

    private func timeline(_ run: RunView) -> Timeline {
        Timeline(
            0...max(run.trace.end.seconds, 1e-9), cursor: player.cursor.time.seconds,
            marks: marks.map { VirtualTime.zero.advanced(by: $0.at).seconds },
            faults: faults(end: run.trace.end.seconds),
            startLabel: "0", endLabel: numbers.duration(run.trace.end.nanoseconds))
    }

    /// The scenario's fault windows, and a mark for each change.
    private func faults(end: Double) -> [ClosedRange<Double>] {
        let windows = player.document.scenario.backends.flatMap(\.faults).map { window in
            (VirtualTime.zero.advanced(by: window.from).seconds, VirtualTime.zero.advanced(by: window.to).seconds)
        }
        let changes = (player.document.scenario.interventions + player.history.changes).map { change in
            let at = VirtualTime.zero.advanced(by: change.at).seconds
            return (at, at)
        }
        return (windows + changes).filter { $0.0 <= end }.map { $0.0...max($0.0, min($0.1, end)) }
    }
}
