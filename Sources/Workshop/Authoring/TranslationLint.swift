import Scenario

/// Finds texts of `lesson.yaml` that are the same in both languages. Names are; several words are mostly forgotten.
struct TranslationLint {
    let nodes: StepNodes

    func problems() -> [Problem] { nodes.root.map(problems) ?? [] }

    private func problems(in node: YAMLNode) -> [Problem] {
        if let english = node["en"]?.text, let spanish = node["es"], node.entries?.count == 2 {
            guard english == spanish.text, Self.isProse(english) else { return [] }
            var problem = spanish.mark.problem(
                "this is the English text", suggestion: "translate it, or write the text once, without { en:, es: }")
            problem.isHint = true
            return [problem]
        }
        return (node.items ?? node.entries?.map(\.value) ?? []).flatMap(problems)
    }

    private static func isProse(_ text: String) -> Bool {
        text.split(separator: " ").count { $0.contains(where: \.isLetter) } > 1
    }
}
