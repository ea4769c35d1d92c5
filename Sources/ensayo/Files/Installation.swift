import FoundationEssentials
import Scenario
import Workshop

/// Where `Lessons` and `Assets` are.
struct Installation {
    /// The folder that holds both.
    let root: String
    var lessons: String { root + "/Lessons" }
    var assets: String { root + "/Assets" }

    /// Every place that is looked at, in order: `ENSAYO_HOME`, beside the binary, `../share/ensayo` from it, and the
    /// working tree that the binary was built in or is called from.
    static var candidates: [String] {
        let environment = ProcessInfo.processInfo.environment
        let binary = executablePath.map { folder(of: $0) }
        var places: [String] = []
        if let home = environment["ENSAYO_HOME"], !home.isEmpty { places.append(home) }
        if let binary {
            places += [binary, folder(of: binary) + "/share/ensayo"]
            // .build/release/ensayo, .build/x86_64-unknown-linux-gnu/release/ensayo
            places += [folder(of: folder(of: binary)), folder(of: folder(of: folder(of: binary)))]
        }
        places.append(FileManager.default.currentDirectoryPath)
        return places
    }

    /// The lessons that come with Ensayo, and those of the packs that were asked for.
    var library: LessonLibrary { LessonLibrary(folder: lessons, packs: PackOptions.folders) }

    /// The lesson that somebody means by a name, or by the path of its folder.
    func lesson(_ name: String) throws(Failure) -> Lesson {
        let entry = try entry(name)
        do throws(ScenarioError) { return try library.load(entry) } catch { throw Failure(error) }
    }

    /// The same, not read.
    func entry(_ name: String) throws(Failure) -> LessonLibrary.Entry {
        if Self.isPath(name) { return LessonLibrary.entry(at: name) }
        do throws(ScenarioError) { return try library.entry(name) } catch {
            if Self.isLesson(name) { return LessonLibrary.entry(at: name) }
            if let coming = (try? library.course())?.coming(name) {
                throw .badInput("ensayo", "lesson \(coming.number), \(coming.title(.english)), is still to come")
            }
            throw Self.failure(error, name)
        }
    }

    /// Nothing is called so: a name is that of a lesson, or that of a folder here.
    private static func failure(_ error: ScenarioError, _ name: String) -> Failure {
        var problems = error.problems
        guard !name.isEmpty, !problems.isEmpty else { return Failure(error) }
        let folder = SafeText.line("./\(name)")
        problems[0].message +=
            isFolder(name) ? ", and the folder \(folder) has no lesson.yaml" : ", and no folder \(folder)"
        return Failure(ScenarioError(problems: problems))
    }

    /// Whether somebody means a folder, not a lesson's name.
    static func isPath(_ name: String) -> Bool { name.contains("/") || name == "." || name == ".." }

    static func isLesson(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(LessonSource.yamlName)")
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    static func find() throws(Failure) -> Installation {
        let environment = ProcessInfo.processInfo.environment["ENSAYO_HOME"]
        if let home = environment, !home.isEmpty, !isInstallation(home) {
            throw .badInput("ENSAYO_HOME", "there is no folder Lessons in \(home)")
        }
        guard let root = candidates.first(where: isInstallation) else {
            let places = candidates.map { "\($0)/Lessons" }.joined(separator: ", ")
            throw .badInput(
                "ensayo", "the lessons are not found; they were looked for in \(places)",
                "set ENSAYO_HOME to the folder that holds Lessons and Assets")
        }
        return Installation(root: root)
    }

    private static func isInstallation(_ folder: String) -> Bool {
        isFolder(folder + "/Lessons")
    }

    private static var executablePath: String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
