import FoundationEssentials
import Scenario
import Workshop

/// The file of a recording, and what it can call by name: the files in its folder, and below.
struct RecordingPlace {
    private let folder: [String]

    init(_ path: String) { folder = Self.parts(path).dropLast() }

    /// How the recording calls a file; `nil`: it lies elsewhere.
    func name(of file: String) -> String? {
        let parts = Self.parts(file)
        guard parts.count > folder.count, Array(parts.prefix(folder.count)) == folder else { return nil }
        return parts.dropFirst(folder.count).joined(separator: "/")
    }

    /// The same of a file that it cannot do without.
    func needed(_ file: String) throws(Failure) -> String {
        if let name = name(of: file) { return name }
        throw .badInput(
            file, "a recording finds only the files in its folder, or below it", "record there, or copy it")
    }

    private static func parts(_ path: String) -> [String] {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var parts: [String] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts
    }
}

/// A system of the sandbox as a recording has it: a file beside it by its name, anything else as a one-line code.
struct RecordedSystem {
    let source: SandboxSource
    /// `nil`: the one that the sandbox begins with.
    let name: String?

    /// - Parameter named: what somebody names on the command line.
    init(_ named: String?, into recording: String) throws(Failure) {
        guard let named else {
            source = try SandboxFiles.fresh()
            name = nil
            return
        }
        do {
            if SandboxFiles.isFile(named), let name = RecordingPlace(recording).name(of: named) {
                source = try SandboxSource(bytes: try TextFile.read(named), file: name, files: .beside(named))
                self.name = name
            } else {
                let draft = try SandboxFiles.source(named).draft
                if let file = draft.keyFile {
                    throw Failure.badInput(
                        named, "it reads keys from \(file)", "record in the folder of the scenario, or above it")
                }
                let code = try draft.code().description
                source = try SandboxSource(code: code)
                name = code
            }
        } catch let error as Failure {
            throw error
        } catch let error as ScenarioError {
            throw Failure(error)
        } catch {
            throw .badInput(named, "\(error)")
        }
    }
}
