//! Words in the names of fields, in lower case and without accents. They are hints: the values decide otherwise.

use crate::bank::word_set::WordSet;

pub(super) static QUESTION: WordSet = WordSet::new(
    "question questions questiontext questiontitle stem prompt q quest qtext ques query problem frage fragen fragetext \
    fragestellung aufgabe aufgabenstellung enunciado pregunta preguntas cuestion domanda domande quesito pergunta \
    perguntas questao intitule enonce вопрос вопросы текствопроса питання запитання 问题 問題 题目 題目 题干 題幹 试题 問 質問 設問 题目内容 \
    问题内容 질문 문제 문항 pytanie pytania otazka otazky soru sorular vraag vragen fraga sporsmal spørgsmal spørsmal spørgsmål \
    kysymys intrebare kerdes ερωτηση שאלה سؤال السؤال प्रश्न cauhoi pertanyaan soal",
);

pub(super) static OPTIONS: WordSet = WordSet::new(
    "options option choices choice alternatives answerchoices answeroptions possibleanswers responses mcoptions \
    endings candidates variants optionen auswahl antworten antwortmoglichkeiten auswahlmoglichkeiten opciones \
    alternativas respuestas opzioni scelte risposte alternative opcoes respostas choix reponses propositions варианты \
    вариантыответов вариантыответа ответы варіанти відповіді варіантивідповідей 选项 選項 選択肢 보기 선택지 odpowiedzi opcje \
    warianty moznosti odpovedi secenekler siklar cevaplar opties antwoorden keuzes svarsalternativ svaralternativer \
    vaihtoehdot variante valaszok επιλογες תשובות الخيارات विकल्प pilihan",
);

pub(super) static ANSWER: WordSet = WordSet::new(
    "answer answers ans a correct correctanswer correctanswers correctoption correctoptions key answerkey label \
    solution solutions right rightanswer correctindex answerindex answeridx correctchoice cop gold target correctid \
    answerid correctoptionid correctanswerid istrue truth iscorrect expected accepted antwort losung loesung richtig \
    richtigeantwort korrekt korrekteantwort reponse bonnereponse bonnesreponses reponsecorrecte correcte juste \
    respuesta respuestacorrecta correcta correcto solucion risposta rispostacorretta rispostaesatta corretta soluzione \
    resposta respostacorreta correta correto gabarito solucao ответ правильныйответ верныйответ правильный правильно \
    відповідь правильнавідповідь 答案 正确答案 正確答案 标准答案 参考答案 正解 解答 答え 정답 답 odpowiedz poprawnaodpowiedz poprawna prawidlowa \
    odpoved spravnaodpoved spravna cevap dogrucevap antwoord juisteantwoord svar vastaus raspuns jawaban completion",
);

pub(super) static WRONG: WordSet = WordSet::new(
    "incorrect wrong distractor distractors false falsch falsche faux fausses mauvaises incorrectas incorrecta falsas \
    sbagliate erradas неверные неправильные неверный 错误答案 干扰项",
);

pub(super) static EXPLANATION: WordSet = WordSet::new(
    "explanation explanations explain answerexplanation rationale feedback generalfeedback exp comment comments \
    support reason reasoning notes note n solutiontext justification erklarung begrundung erlauterung kommentar \
    explication explications commentaire explicacion justificacion retroalimentacion comentario spiegazione \
    motivazione explicacao justificativa объяснение пояснение комментарий 解析 解説 说明 解释 해설 wyjasnienie aciklama uitleg \
    motivation explaination",
);

pub(super) static TOPIC: WordSet = WordSet::new(
    "topic topics category subject section chapter topicname unit module lesson domain area group thema kategorie \
    kapitel abschnitt fach theme categorie chapitre tema categoria capitulo seccion argomento capitolo assunto тема \
    категория раздел 主题 类别 章节",
);

pub(super) static FRONT: WordSet = WordSet::new(
    "front frontside instruction term word expression concept vorderseite begriff vokabel wort recto mot terme anverso \
    palabra termino concepto fronte parola termine frente palavra termo слово термин лицевая 正面 单词 词语 術語 单字 単語 단어 앞면 \
    slowo slovo kelime",
);

pub(super) static BACK: WordSet = WordSet::new(
    "back backside definition def meaning translation response output ruckseite bedeutung ubersetzung verso \
    signification traduction reverso definicion significado traduccion retro definizione significato traduzione \
    definicao traducao значение перевод определение оборотная 背面 释义 意思 定义 翻译 意味 裏面 뜻 뒷면 znaczenie tlumaczenie \
    definicja preklad vyznam anlam",
);

pub(super) static KIND: WordSet = WordSet::new(
    "type kind qtype questiontype format typ fragetyp art tipo tipopregunta тип типвопроса 题型 类型 形式 유형 style",
);

pub(super) static PASSAGE: WordSet = WordSet::new(
    "passage context input article paragraph reading readingtext stimulus scenario casestudy lesetext texto contexto \
    contesto contexte текст 材料 文章",
);

/// Texts that are the question of a record with options or an answer, and otherwise a title or anything.
pub(super) static TEXT: WordSet = WordSet::new(
    "text title name content body description statement value heading titel titulo titre titolo название 内容 标题 \
    sentence aussage afirmacion affirmation affermazione утверждение",
);

/// Words that make a name that of something else: a number, a picture, a level.
pub(super) static NEITHER: WordSet = WordSet::new(
    "type number num no nr numero order image images img picture photo url link count total level difficulty time \
    timer limit points score marks weight date created updated author source reference lang language media audio video \
    file hint shuffle required user your student selected chosen given last show allow reveal display randomize max \
    min result message",
);

/// Languages at the end of a name.
pub(super) static LANGUAGE: WordSet = WordSet::new(
    "de en fr es it pt ru zh pl nl tr cs cz ja jp ko kr ar uk ua sv da fi hu ro el he hi vi th cn us gb br ger eng fra \
    esp",
);

/// Names of lists that say nothing of what is in them.
pub(super) static LIST: WordSet = WordSet::new(
    "questions question results items item data quiz quizzes quizitems rows cards card flashcards list entries exam \
    test tests notes records content contents body payload response result bank questionbank questionlist pool pools \
    qas train dev validation examples fragen karten vokabeln aufgaben preguntas tarjetas domande carte perguntas \
    cartoes cartes вопросы карточки тест 题目 试题 题库 questionsdata sections chapters section children paragraphs groups \
    pages page elements fields messages blocks faq faqs course courses units lessons modules decks deck topics \
    categories chapter",
);
