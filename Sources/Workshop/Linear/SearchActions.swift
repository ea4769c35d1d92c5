import TerminalKit

extension MenuSearch {
    /// What was found, by the numbers with which it is told.
    var linearActions: [LinearAction] {
        // Nothing is looked for yet: the menu has told all lessons.
        let hits = field.text.isEmpty ? [] : hits
        var list = hits.prefix(MenuView.mostTold).enumerated().map { place, hit in
            var action = LinearAction(hit.text, hit.text, .keys(Key.arrows(from: index, to: place) + [.enter]))
            (action.number, action.isTold) = (place + 1, true)
            return action
        }
        list.append(LinearAction("close", "cerrar", .keys([.escape])))
        return list
    }
}
