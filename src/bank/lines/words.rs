//! The words that introduce lines, in lower case: English, German, French, Spanish, Italian, Portuguese, Russian,
//! Chinese, and some in the languages of public quizzes.

use crate::bank::word_set::WordSet;

/// Words before an answer, in English, German, French, Spanish, Italian, Portuguese, Russian and Chinese; in lower case.
pub(in crate::bank) static ANSWER: WordSet = WordSet::of_phrases(
    "correct answer(s), correct answers, correct answer, correct option, correct options, right answer, \
     right answers, correct, answers, answer, answer(s), ans, key, the correct answer is, antwort, antworten, lösung, \
     lösungen, richtige antwort, richtige antworten, richtig, korrekte antwort, réponse, réponses, bonne réponse, \
     bonnes réponses, réponse correcte, solution, respuesta, respuestas, respuesta correcta, respuestas correctas, \
     solución, clave, risposta, risposte, risposta corretta, risposta esatta, risposte corrette, soluzione, resposta, \
     respostas, resposta correta, resposta certa, respostas corretas, gabarito, solução, ответ, ответы, \
     правильный ответ, правильные ответы, верный ответ, верные ответы, 答案, 正确答案, 参考答案, 标准答案, 答, rpta, rép, antw, \
     correct choice, correct choices, right option, suggested answer, correct ans, answer key, correct answer is, \
     the answer is, the right answer is, juste, verdadera, antwoord, juiste antwoord, odpowiedź, poprawna odpowiedź, \
     cevap, doğru cevap, відповідь, правильна відповідь, răspuns, răspuns corect, svar, vastaus, 正解, 정답",
);
pub(in crate::bank) static EXPLANATION: WordSet = WordSet::of_phrases(
    "explanation, explanation/reference, explanations, exp, expl, answer explanation, explanation of answer, \
     rationale, reason, because, why, note, erklärung, begründung, erläuterung, hinweis, explication, explications, \
     justification, remarque, explicación, justificación, razón, nota, spiegazione, motivazione, explicação, \
     justificativa, comentário, объяснение, пояснение, обоснование, 解析, 解释, 说明, 答案解析, 解答, 解説, comentario, commento",
);
/// Headings of a list of answers.
pub(in crate::bank) static LIST: WordSet = WordSet::of_phrases(
    "answer key, answers key, answers, key, solutions, correct answers, lösungen, antworten, lösungsschlüssel, \
     réponses, corrigé, clé de réponses, respuestas, clave de respuestas, soluciones, risposte, soluzioni, respostas, \
     gabarito, ответы, ключ, ключи, правильные ответы, 答案, 参考答案, answer sheet, answer section, \
     answers and explanations, answers & explanations, answer key and explanations, solutions and explanations, \
     lösungen und erklärungen, solutionnaire, answer list, correct answer key, antwortschlüssel, відповіді",
);

/// Words between two letters of an answer.
pub(in crate::bank) const AND: [&str; 8] = ["and ", "und ", "et ", "y ", "e ", "и ", "和", "与"];

pub(in crate::bank) static TOPIC: WordSet = WordSet::of_phrases(
    "topic, section, chapter, category, subject, thema, kapitel, abschnitt, thème, sujet, chapitre, tema, capítulo, \
     sección, argomento, capitolo, assunto, seção, тема, раздел, 主题, 章节",
);

pub(in crate::bank) static QUESTION: WordSet = WordSet::of_phrases(
    "question, q, frage, pregunta, domanda, pergunta, questão, вопрос, питання, pytanie, vraag, 问题, 题目, 問題",
);
/// Words without a colon whose answer is below.
pub(in crate::bank) static UNCOVERS: WordSet = WordSet::of_phrases(
    "correct answer, correct answers, richtige antwort, view answer, show answer, reveal answer, hide answer, \
     view answer & solution, show answer and explanation",
);
/// Words above the options of a question.
pub(in crate::bank) static OPTIONS: WordSet = WordSet::of_phrases(
    "options, choices, answer choices, answers, possible answers, antwortmöglichkeiten, réponses possibles, opciones, \
     opzioni, alternativas, варианты ответов, 选项",
);

pub(in crate::bank) static TAGS: WordSet = WordSet::new("tags tag schlagworte étiquettes etiquetas метки 标签");
