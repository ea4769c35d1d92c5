import FoundationEssentials
import Scenario
import Workshop

/// What the doctor says about files and folders. It changes none.
struct FolderCheck {
    var findings: [Finding] {
        let folders: [Finding]
        do throws(Failure) {
            let installation = try Installation.find()
            folders = [lessons(installation), themes(installation)]
        } catch {
            folders = [
                Finding(
                    topic: Self.lessons, state: .problem,
                    text: LocalizedText(en: "not found", es: "no se encuentran"),
                    advice: LocalizedText(
                        en: "Set ENSAYO_HOME to the folder that holds Lessons and Assets. Looked for: \(Self.places)",
                        es: "Define ENSAYO_HOME: la carpeta con Lessons y Assets. Se buscó: \(Self.places)"))
            ]
        }
        return folders + [progress]
    }

    private static let lessons = LocalizedText(en: "lessons", es: "lecciones")
    private static var places: String { Installation.candidates.map { $0 + "/Lessons" }.joined(separator: ", ") }

    private func lessons(_ installation: Installation) -> Finding {
        let library = installation.library
        var problems = library.problems.map(\.description)
        for entry in library.entries {
            do throws(ScenarioError) { _ = try library.cover(entry) } catch { problems.append(error.description) }
        }
        let count = library.entries.count
        var finding = Finding(topic: Self.lessons, text: .same("\(installation.lessons) (\(count))"))
        if let first = problems.first?.split(separator: "\n").first {
            finding.state = .problem
            finding.text = LocalizedText(
                en: "\(installation.lessons) (\(count)), \(problems.count) of them cannot be read",
                es: "\(installation.lessons) (\(count)), \(problems.count) no se pueden leer")
            finding.advice = .same("\(first) (ensayo lint)")
        } else if count == 0 {
            finding.state = .problem
        }
        return finding
    }

    private func themes(_ installation: Installation) -> Finding {
        let names = ThemeFile.names(in: installation.assets)
        var finding = Finding(
            topic: LocalizedText(en: "themes", es: "temas"), text: .same(names.joined(separator: ", ")))
        if names.isEmpty {
            finding.state = .warning
            finding.text = LocalizedText(
                en: "none in \(installation.assets)/themes but the one that is built in",
                es: "ninguno en \(installation.assets)/themes, salvo el incorporado")
        }
        return finding
    }

    private var progress: Finding {
        let store = ProgressStore(folder: StateFolder.path)
        var finding = Finding(topic: LocalizedText(en: "progress", es: "progreso"), text: .same(store.path))
        if !Self.mayWrite(in: StateFolder.path) {
            finding.state = .warning
            finding.text = LocalizedText(
                en: "\(store.path) cannot be written: nothing is kept",
                es: "no se puede escribir \(store.path): no se guarda nada")
            finding.advice = LocalizedText(
                en: "Set XDG_STATE_HOME to a folder of yours.", es: "Define XDG_STATE_HOME con una carpeta tuya.")
        } else if let damage = store.damage {
            finding.state = .warning
            finding.text = LocalizedText(
                en: "\(store.path) cannot be used: \(damage.reason(.english))",
                es: "\(store.path) no se puede usar: \(damage.reason(.spanish))")
            finding.advice = LocalizedText(
                en: "The workshop sets it aside under another name and begins a new one.",
                es: "El taller lo aparta con otro nombre y empieza uno nuevo.")
        }
        return finding
    }

    /// Whether files can be made in the folder, or the folder where it is to be.
    private static func mayWrite(in folder: String) -> Bool {
        var folder = folder
        while !FileManager.default.fileExists(atPath: folder), let slash = folder.lastIndex(of: "/") {
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
        return Installation.isFolder(folder) && FileManager.default.isWritableFile(atPath: folder)
    }
}
