import Scenario

/// The short texts of handouts, in both languages.
enum HandoutWords {
    static let lesson = LocalizedText(en: "Lesson", es: "Lección")
    static let about = LocalizedText(en: "About this lesson", es: "Sobre esta lección")
    static let contents = LocalizedText(en: "Contents", es: "Índice")
    static let runs = LocalizedText(en: "The runs", es: "Las simulaciones")
    static let run = LocalizedText(en: "The run", es: "La simulación")
    static let runsNote = LocalizedText(
        en: "Every figure and every picture comes from one of these runs. The same scenario and seed give the same "
            + "run, to the byte, on any machine; the digest proves it.",
        es: "Cada cifra y cada imagen sale de una de estas simulaciones. El mismo escenario y la misma semilla dan la "
            + "misma simulación, hasta el último byte, en cualquier máquina; la huella lo demuestra.")
    static let answer = LocalizedText(en: "The answer", es: "La respuesta")
    static let choices = LocalizedText(en: "Choose before you read on", es: "Elige antes de seguir leyendo")
    static let number = LocalizedText(en: "Write down a number first", es: "Apunta antes un número")
    static let controls = LocalizedText(en: "What you can change", es: "Qué puedes cambiar")
    static let control = LocalizedText(en: "Control", es: "Control")
    static let atFirst = LocalizedText(en: "At first", es: "Al principio")
    static let values = LocalizedText(en: "Values", es: "Valores")
    static let seed = LocalizedText(en: "seed", es: "semilla")
    static let digest = LocalizedText(en: "digest", es: "huella")
    static let events = LocalizedText(en: "events", es: "eventos")
    static let flow = LocalizedText(en: "Flow", es: "Flujo")
    static let backend = LocalizedText(en: "Service", es: "Servicio")
    static let requests = LocalizedText(en: "Requests", es: "Peticiones")
    static let calls = LocalizedText(en: "Calls", es: "Llamadas")
    static let ok = LocalizedText(en: "OK", es: "Bien")
    static let failed = LocalizedText(en: "Failed", es: "Fallidas")
    static let slowest = LocalizedText(en: "slowest", es: "la más lenta")
    static let longestQueue = LocalizedText(en: "Longest queue", es: "Cola más larga")
    static let latencyOverTime = LocalizedText(en: "latency over the run", es: "latencia durante la simulación")
    static let failures = LocalizedText(en: "failed", es: "fallidas")
    static let madeBy = LocalizedText(en: "Made by Ensayo", es: "Hecho con Ensayo")
}
