"""The words that people use as labels: synonyms of each role, separated by commas."""

from __future__ import annotations

from stuck_rules.model.lesson import Role

SYNONYMS: dict[Role, str] = {
    Role.PREVENTION: """
        prevent repetition, prevent, prevention, rule of thumb, 回避策,
        preventing repetition, how to prevent,
        preventive, preventive measures, prevention rule, prevention strategy,
        prevention strategies, rule, rules, new rule, lesson, lessons, lesson learned,
        lessons learned, apply, how to apply, corollary, recommendation,
        recommendations, takeaway, takeaways, key takeaway, key takeaways, practice,
        best practice, best practices, guardrail, guardrails, how to replace, how to
        avoid, action item, action items, repeat, next time,
        garde-fou, garde-fous, leçon, règle, prévention, lección, regla, prevención,
        vermeidung, regel, lehre, 教训, 教訓,
        设计原则, 設計原則, 预防, 預防, 预防措施, 规则, 規則, ルール, 横展開,
        再発防止, 対策, правило, урок, профилактика
    """,
    Role.REMEDIATION: """
        systematic remediation required, fix applied, permanent fix, 修正内容, 修正內容,
        对策, remediation, remediation required, fix, the
        fix, fixes, fix required, how to fix, solution, solutions, the solution,
        resolution, corrective, corrective action, corrective actions, workaround,
        correction, solución, lösung,
        解决方案, 解決方案, 解决, 修复, 修正, 解決策, решение, исправление
    """,
    Role.ROOT_CAUSE: """
        root cause, 原因分析, 根因分析, why it matters here, root causes,
        root causes discovered, cause, causes, the cause, root
        cause analysis, why, why it happened, why this happens, why this happened, why
        it fails, why it is wrong, why it's wrong, why this is wrong, contributing
        factor, contributing factors, failure mode, failure modes, cause racine, cause
        profonde, causa raíz, causa, ursache, 根因, 原因, 根本原因, なぜ問題か, причина, корневая
        причина
    """,
    Role.SYMPTOM: """
        issue pattern, problem description, 问题描述, 問題描述, 影响, 影响范围,
        problem identified, what to watch for next time, what to watch
        for, problem, problems, the problem, issue, issues, symptom, symptoms, impact,
        business impact, what happened, what went wrong, bug, the bug, error, error
        message, pitfall, signature, what it looks like, stuck signal, detection,
        trigger, symptôme, symptômes, problème, síntoma, problema,
        现象, 現象, 问题, 問題, 何が起きたか, 检测信号, что случилось, проблема, симптом
    """,
    Role.WRONG: """
        wrong, bad, bad code, ng, instead of, old approach, old way, old code, not this, avoid this,
        don't do this, do not do this, never do this, wrong approach, bad approach,
        incorrect approach, common mistake, common mistakes, bad practice,
        bad example, anti-pattern, antipattern, the
        anti-pattern, the mistake, mistake, broken, broken code, before, incorrect,
        wrong way, wrong code, don't, do not, never, avoid, falsch,
        mauvais, faux, incorrecto, 错误, 錯誤,
        错误做法, плохо, неправильно, было
    """,
    Role.CORRECT: """
        correct, good, use, use this, new approach, new way, new code, preferred,
        recommended, correct approach, right approach, better approach, do, do this,
        good practice, good example, right, right way, right code,
        correct way, correct code, correct pattern, always, do instead, instead, better, after,
        fixed, fixed code, richtig, correcto, 正确, 正確, 正确做法, правильно, хорошо, стало
    """,
    Role.IMPLEMENTATION: """
        technical implementation, implementation, implementation details, technical
        details, code example, example fix, reference implementation
    """,
    Role.PROPOSAL: """
        proposed solution, proposed solutions, proposed fix, proposal, critical system
        architecture fix, suggested fix, suggested solution, recommended fix,
        recommended solution
    """,
    Role.FILES: """
        files fixed, files analyzed, files analysed, files modified, files changed,
        files with critical issues, files created, files updated, files created/updated,
        files involved, files affected, affected files, modified files, changed files,
        related files, file, files, location, locations, affected, fichiers, 修改文件, 檔案,
        关联文件, 関連ファイル, файлы
    """,
    Role.KEYWORD: """
        repetition prevention keywords, prevention keywords, keywords, keyword, search
        keywords, tags, match keywords, match.keywords, mots-clés, 关键词, 關鍵詞, キーワード,
        ключевые слова
    """,
    Role.EVIDENCE: """
        process success factors, 验证, 验证结果, 検証, process reflection,
        success factors, success pattern,
        critical success pattern, key learning, key learnings, key finding, key
        findings, key insight, avoided common pitfalls, what worked, what worked well,
        what didn't work, benefits, validation, verification, results, how caught, how
        it hid, l0 test that catches it, reflection
    """,
    Role.METADATA: """
        date, updated, last updated, severity, status, priority, chat, session, commit,
        commits, ticket, owner, author, category, area, version, versions, fire count,
        phase, environment, component, duration, time spent, time lost, type, scope,
        source, references, reference, related, see also, links, 复发次数, 日期, 状态, 日付, дата,
        статус
    """,
}

# Families: what people write behind or before the fixed words varies from entry to entry.
PREFIXES: tuple[tuple[str, Role], ...] = (
    ("evidence of ", Role.EVIDENCE),
    ("what worked ", Role.EVIDENCE),
    ("avoided ", Role.EVIDENCE),
    ("evidence ", Role.EVIDENCE),
    ("how it hid ", Role.EVIDENCE),
    ("files with ", Role.FILES),
    ("files ", Role.FILES),
    ("root cause ", Role.ROOT_CAUSE),
    ("root causes ", Role.ROOT_CAUSE),
    ("what to watch ", Role.SYMPTOM),
    ("proposed ", Role.PROPOSAL),
    ("prevention of ", Role.PREVENTION),
    ("how to prevent ", Role.PREVENTION),
)
SUFFIXES: tuple[tuple[str, Role], ...] = (
    (" success pattern", Role.EVIDENCE),
    (" success factors", Role.EVIDENCE),
    (" keywords", Role.KEYWORD),
    (" architecture fix", Role.PROPOSAL),
    (" remediation required", Role.REMEDIATION),
    (" root cause", Role.ROOT_CAUSE),
    (" causes", Role.ROOT_CAUSE),
    (" tests that catch it", Role.EVIDENCE),
    (" test that catches it", Role.EVIDENCE),
)
