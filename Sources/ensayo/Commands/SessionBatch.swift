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
        var entry: LessonLibrary.Entry
    }

    /// Reads the files.
    init(_ paths: [String], _ library: LessonLibrary) {
        self.library = library
        self.paths = paths
        scripts = paths.map { path in
            do throws(Failure) {
                let bytes = try TextFile.read(path)
                do throws(ScenarioError) {
                    let script = try SessionScript(bytes: bytes, file: path)
                    return .success(Script(script: script, entry: try Self.entry(of: script, at: path, library)))
                } catch {
                    throw Failure(error)
                }
            } catch {
                return .failure(error)
            }
        }
    }

    /// What became of each, in the order of the paths.
    func replay() -> [Result<SessionReplay.Result, Failure>] {
        let groups = groups
        let results = Mutex<[Int: Result<SessionReplay.Result, Failure>]>([:])
        DispatchQueue.concurrentPerform(iterations: groups.count) { group in
            for (place, result) in replay(groups[group]) { results.withLock { $0[place] = result } }
        }
        return results.withLock { known in
            scripts.indices.map { known[$0] ?? .failure(.badInput("\(paths[$0]) was not replayed.")) }
        }
    }

    /// The places of the sessions of each lesson; files that cannot be used stand alone.
    private var groups: [[Int]] {
        var groups: [[Int]] = []
        var known: [String: Int] = [:]
        for (place, script) in scripts.enumerated() {
            let id = (try? script.get())?.entry.id
            if let id, let group = known[id] {
                groups[group].append(place)
            } else {
                if let id { known[id] = groups.count }
                groups.append([place])
            }
        }
        return groups
    }

    /// The sessions of one lesson share its runs, which are let go of with the last.
    private func replay(_ places: [Int]) -> [(Int, Result<SessionReplay.Result, Failure>)] {
        var figures: LessonRuns?
        return places.map { place in
            let result = scripts[place].flatMap { script -> Result<SessionReplay.Result, Failure> in
                do throws(ScenarioError) {
                    let runs: LessonRuns
                    if let figures { runs = figures } else { runs = LessonRuns(try library.load(script.entry)) }
                    figures = runs
                    let name = GoldenFiles.name(of: paths[place])
                    return .success(
                        try SessionReplay.run(script.script, lesson: runs.lesson, figures: runs, name: name))
                } catch {
                    return .failure(Failure(error))
                }
            }
            return (place, result)
        }
    }

    /// A session in a lesson's own folder is about that lesson, wherever the folder is.
    private static func entry(
        of script: SessionScript, at path: String, _ library: LessonLibrary
    ) throws(ScenarioError) -> LessonLibrary.Entry {
        if let own = LessonLibrary.entry(holding: path), own.id == script.lesson { return own }
        do throws(ScenarioError) { return try library.entry(script.lesson) } catch { throw script.located(error) }
    }
}
