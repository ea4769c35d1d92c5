import Model
import Scenario
import TerminalKit
import Trace

/// What can happen to the workshop.
public enum Message: Sendable {
    case key(Key)
    case resize(Size)
    /// So much wall time has passed.
    case tick(Duration)
    /// The run on the screen is played on to a moment: how a recorded session passes time.
    case play(to: VirtualTime)
    /// The run on the screen goes on to a moment, whether it is playing or not: how a script waits.
    case pass(to: VirtualTime)
    /// Something is done to the system at the cursor, as a key would do it.
    case change(Intervention.Action)
    /// A run that was asked for is done.
    case ran(Run, RunOutcome)
    /// How far the run under way is, 0...1.
    case progress(Double?)
    /// A lesson that was asked for has been read, or cannot be.
    case opened(Result<Lesson, ScenarioError>)
    /// The files of the open lesson were edited, or could not be read.
    case reloaded(Result<Lesson, ScenarioError>)
    /// What lint says of the files of the lesson that is written just now.
    case checked(LessonFindings)
    /// What has come of something that the sandbox asked for.
    case sandbox(SandboxMessage)
    /// So much wall time has passed since the workshop was opened: once a second, where somebody teaches.
    case clock(Duration)
    /// So many follow the presentation.
    case audience(Int)
    /// The terms that were asked for have been read, or cannot be.
    case glossary(Result<Glossary, ScenarioError>)
    /// What the instructor shows now, where somebody follows; and what the notes say of it.
    case followed(LessonSnapshot)
    case noted(NotesSnapshot)
    /// The way to the instructor is lost; `nil`: it is there again.
    case instructorLost(FollowerState.Loss?)
    /// So many seconds nothing was heard of the instructor, who may still be there; `nil`: something was.
    case instructorQuiet(Int?)
}

/// What the workshop wants done outside of itself.
public enum Effect: Sendable {
    case run(Run)
    /// Stop the run under way.
    case cancelRun
    case save(Progress)
    /// Read a lesson.
    case open(LessonCover)
    case sandbox(SandboxEffect)
    /// Read the terms of the lessons.
    case readGlossary
    case quit
}
