import Scenario
import TerminalKit

// What can be done in the sandbox.
extension SandboxState {
    var linearActions: [LinearAction] {
        switch input {
        case .value: return []
        case .palette(let palette): return palette.linearActions
        case .removal:
            return [
                LinearAction("remove all of it", "quitarlo todo", .keys([.enter])),
                LinearAction("keep it", "dejarlo", .keys([.escape])),
            ]
        case .save(let form): return form.existing == nil ? [] : Self.replacing
        case .share:
            return [
                LinearAction("print it when you leave", "imprimirla al salir", .keys([.character("p")])),
                LinearAction("close", "cerrar", .keys([.escape])),
            ]
        case .leaving:
            return [
                LinearAction("save it first", "guardarlo antes", .keys([.character("W")])),
                LinearAction("leave, and forget the changes", "salir y olvidar los cambios", .keys([.character("x")])),
                LinearAction("stay", "quedarse", .keys([.escape])),
            ]
        case nil: return isInTree ? inTree : inPanels
        }
    }

    private static let replacing = [
        LinearAction("replace it", "reemplazarlo", .keys([.enter])),
        LinearAction("another name", "otro nombre", .keys([.end])),
        LinearAction("do not save", "no guardar", .keys([.escape])),
    ]

    /// The same at every part, so that each keeps its number; the most useful first.
    private var inTree: [LinearAction] {
        var list = [
            LinearAction("next part", "parte siguiente", .keys([.down])),
            LinearAction("previous part", "parte anterior", .keys([.up])),
            LinearAction(.confirm, "edit it, or open and close it", "editarla, o abrirla y cerrarla"),
            LinearAction(.addPart, "add a part", "añadir una parte"),
            LinearAction("play on", "seguir", .playOn),
            LinearAction(.fault, "inject a fault", "provocar un fallo"),
            telling(.metrics),
            LinearAction(.saveFile, "save it as YAML", "guardarlo como YAML"),
        ]
        list += [
            LinearAction(.raise, "raise the value", "subir el valor"),
            LinearAction(.lower, "lower the value", "bajar el valor"),
            LinearAction("rename it", "cambiarle el nombre", .keys([.character("n")])),
            LinearAction(.removePart, "remove it", "quitarla"),
            LinearAction("write it as a line of YAML", "escribirla como línea de YAML", .keys([.character("v")])),
            LinearAction("move it down", "moverla hacia abajo", .keys([.character("J")])),
            LinearAction("move it up", "moverla hacia arriba", .keys([.character("K")])),
            LinearAction("out of it: to what it stands in", "fuera de ella, a la que la contiene", .keys(out)),
        ]
        return list + changing + player(by: { [.tab, $0, .escape] }) + telling(besides: .metrics)
    }

    /// With a panel in the focus, the arrows are the run's.
    private var inPanels: [LinearAction] {
        let out = [LinearAction("back to the parts", "volver a las partes", .keys([.escape]))]
        let run = [
            LinearAction("play on", "seguir", .playOn),
            LinearAction(.fault, "inject a fault", "provocar un fallo"),
            LinearAction(.nextPanel, "next panel", "panel siguiente"),
        ]
        return out + run + player(by: { [$0] }) + changing + telling(besides: nil)
    }

    private var changing: [LinearAction] {
        [
            LinearAction(.undo, "undo", "deshacer"), LinearAction(.redo, "redo", "rehacer"),
            LinearAction(.reset, "undo everything", "deshacerlo todo"),
            LinearAction(.share, "share it as one line", "compartirlo en una línea"),
        ]
    }

    /// - Parameter arrow: how an arrow reaches the run from where one is.
    private func player(by arrow: (Key) -> [Key]) -> [LinearAction] {
        guard let player, !panels.isEmpty else { return [] }
        var list = [
            LinearAction(.why, "why did this happen", "por qué ha pasado"),
            LinearAction("one event forward", "un evento adelante", .keys(arrow(.right))),
            LinearAction("one event back", "un evento atrás", .keys(arrow(.left))),
            LinearAction(.nextMark, "next mark", "marca siguiente"),
            LinearAction(.previousMark, "previous mark", "marca anterior"),
            LinearAction(.toStart, "to the start", "al principio"),
            LinearAction(.toEnd, "to the end", "al final"),
            LinearAction(.goTo, "to a moment, a request or an event", "a un momento, una petición o un evento"),
        ]
        if player.earlier != nil {
            list.append(LinearAction(.compare, "both futures, or one", "los dos futuros, o uno"))
            list.append(LinearAction(.nextDifference, "to where they part", "a donde se separan"))
        }
        return list
    }

    private func telling(besides told: PanelKind?) -> [LinearAction] { panels.filter { $0 != told }.map(telling) }

    /// What is open closes first.
    private var out: [Key] { row?.isUnfolded == true ? [.left, .left] : [.left] }
}

extension App {
    /// Whether it stands in the sandbox's tree again, after a question: its list is known, and long.
    func hasReturned(from before: App) -> Bool {
        guard before.sandbox != nil, let sandbox else { return false }
        return overlay == nil && sandbox.input == nil && sandbox.isInTree
    }
}

extension Palette {
    /// Each part that can be added, by number. Where they go is said where it is not the nearest place.
    fileprivate var linearActions: [LinearAction] {
        let (entries, nearest) = (entries, place)
        var list = entries.enumerated().map { index, entry in
            let way = Key.arrows(from: selected, to: index)
            let isNear = entry.path == nearest || entry.path.isRoot
            let (label, about) = (entry.part.label, entry.part.about)
            return LinearAction(
                "\(label), \(about.en)" + (isNear ? "" : ", in \(entry.path)"),
                "\(label), \(about.es)" + (isNear ? "" : ", en \(entry.path)"), .keys(way + [.enter]))
        }
        if !field.text.isEmpty {
            list.append(LinearAction("all parts again", "otra vez todas", .keys([.end, .control("u")])))
        }
        return list + [LinearAction("add nothing", "no añadir nada", .keys([.escape]))]
    }
}
