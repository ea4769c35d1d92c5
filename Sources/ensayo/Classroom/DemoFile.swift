import Scenario
import Workshop

/// The demo of a presentation.
struct DemoFile {
    /// `nil`: there is none.
    let script: SessionScript?
    /// What a recording of the presentation says of it.
    let source: SessionScript.DemoSource

    /// The script in the file; without one, the lesson's own demo, if it has one.
    ///
    /// - Parameter recording: the file of a recording, which has to find the demo again.
    init(_ path: String?, for lesson: Lesson, recordedInto recording: String? = nil) throws(Failure) {
        let named = try path.map { path throws(Failure) in try SessionBatch.script(path) }
        do throws(ScenarioError) {
            script = if let named { try lesson.checked(named) } else { try lesson.ownDemo() }
        } catch {
            throw Failure(error)
        }
        if let path, let named, let recording {
            source = .file(try RecordingPlace(recording).needed(path), named)
        } else {
            source = .own
        }
    }
}
