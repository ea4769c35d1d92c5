import Dispatch
import Scenario
import Synchronization
import Workshop

/// Many sessions, replayed lesson by lesson; two lessons go on beside each other where there are processors for it.
struct SessionBatch {
    private let library: LessonLibrary
    private let paths: [String]
    /// What each file says, or what is wrong with it.
    private let scripts: [Result<Script, Failure>]

    private struct Script {
        var script: SessionScript
        /// Sessions of one group share the lessons' runs: a lesson's folder; empty for those of no single lesson.
        var group: String
    }

    /// Which sessions are to be heard too: those that keep it, or all.
    enum Telling {
        case none, kept, all
    }

    /// Reads a session's file, and those that it includes.
    static func script(_ path: String) throws(Failure) -> SessionScript {
        let bytes = try TextFile.read(path)
        do throws(ScenarioError) {
            return try SessionScript(bytes: bytes, file: path, files: .beside(path))
        } catch {
            throw Failure(error)
        }
    }

    /// The lessons as a session sees them, its own among them. Throws ``Failure`` where that is not there, with what
    /// brings it in.
    static func library(
        for script: SessionScript, at path: String, _ library: LessonLibrary
    ) throws(Failure) -> LessonLibrary {
        let known = library.including(lessonOf: path)
        if script.lesson.isEmpty { return known }
        do throws(ScenarioError) { _ = try known.entry(script.lesson) } catch {
            var problems = script.located(error).problems
            let cure = "A pack's lesson is found with --lessons FOLDER, or from its own folder replays"
            for place in problems.indices {
                let hint = problems[place].suggestion.map { $0.hasSuffix("?") ? "\($0) " : "\($0). " } ?? ""
                problems[place].suggestion = hint + cure
            }
            throw Failure(ScenarioError(problems: problems))
        }
        return known
    }

    /// Reads the files.
    init(_ paths: [String], _ library: LessonLibrary) {
        self.library = library
        self.paths = paths
        scripts = paths.map { path in
            do throws(Failure) {
                let script = try Self.script(path)
                let known = try Self.library(for: script, at: path, library)
                let lesson = try? known.entry(script.lesson)
                return .success(Script(script: script, group: lesson?.folder ?? ""))
            } catch {
                return .failure(error)
            }
        }
    }

    /// What became of each, in the order of the paths.
    ///
    /// - Parameter telling: which are to be heard too.
    func replay(_ telling: Telling = .none) -> [Result<SessionReplay.Result, Failure>] {
        let groups = groups
        let results = Mutex<[Int: Result<SessionReplay.Result, Failure>]>([:])
        DispatchQueue.concurrentPerform(iterations: groups.count) { group in
            for (place, result) in replay(groups[group], telling) { results.withLock { $0[place] = result } }
        }
        return results.withLock { known in
            scripts.indices.map { known[$0] ?? .failure(.badInput(paths[$0], "it was not replayed")) }
        }
    }

    /// The places of the sessions of each lesson; files that cannot be used stand alone.
    private var groups: [[Int]] {
        var groups: [[Int]] = []
        var known: [String: Int] = [:]
        for (place, script) in scripts.enumerated() {
            let id = (try? script.get())?.group
            if let id, let group = known[id] {
                groups[group].append(place)
            } else {
                if let id { known[id] = groups.count }
                groups.append([place])
            }
        }
        return groups
    }

    /// The sessions of one group share a shelf, which is let go of with the last.
    private func replay(_ places: [Int], _ telling: Telling) -> [(Int, Result<SessionReplay.Result, Failure>)] {
        let shelf = SessionShelf(places.first.map { library.including(lessonOf: paths[$0]) } ?? library)
        return places.map { place in
            let result = scripts[place].flatMap { script -> Result<SessionReplay.Result, Failure> in
                do throws(ScenarioError) {
                    let name = GoldenFiles.name(of: paths[place])
                    let isTold = telling == .all || telling == .kept && script.script.keepsTranscript
                    return .success(try SessionReplay.run(script.script, on: shelf, name: name, isTold: isTold))
                } catch {
                    return .failure(Failure(script.script.located(error)))
                }
            }
            return (place, result)
        }
    }
}
