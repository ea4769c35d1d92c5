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
        let numbers = NumberText(language, glyphs.repertoire)
        let moment = numbers.moment(player.cursor.time)
        let playing = player.playhead.isPlaying ? glyphs.play : glyphs.pause
        let status = " \(playing) \(player.playhead.speed.label(language))  \(moment) "
        let statusWidth = max(Text.width(status), 20)
        let line = Rect(x: area.x + 1, y: area.y, width: area.width - statusWidth - 2, height: 1)
        let timeline = Timeline(
            0...max(run.trace.end.seconds, 1e-9), cursor: player.cursor.time.seconds,
            marks: marks.map { VirtualTime.zero.advanced(by: $0.at).seconds },
            faults: faults(end: run.trace.end.seconds),
            startLabel: "0", endLabel: numbers.duration(run.trace.end.nanoseconds))
        frame.draw(timeline, in: line, glyphs: glyphs)
        frame.write(status, x: area.maxX - Text.width(status), y: area.y, style: Style(.accent), clip: area)
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
