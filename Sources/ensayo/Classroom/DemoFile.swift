import FoundationEssentials
import Scenario
import Workshop

/// The demo of a presentation.
enum DemoFile {
    /// The script in the file; without one, the lesson's own demo, if it has one.
    static func read(_ path: String?, for lesson: Lesson) throws(Failure) -> SessionScript? {
        let own = "\(lesson.folder)/replays/demo.replay"
        guard let file = path ?? (FileManager.default.fileExists(atPath: own) ? own : nil) else { return nil }
        let bytes = try TextFile.read(file)
        let script: SessionScript
        do throws(ScenarioError) { script = try SessionScript(bytes: bytes, file: file) } catch { throw Failure(error) }
        guard script.lesson == lesson.id else {
            let name = SafeText.quoted(script.lesson)
            throw .badInput("\(file): this is a session of \(name), not of \(lesson.id).")
        }
        if let step = script.step { _ = try lesson.knownStep(step) }
        return script
    }
}
