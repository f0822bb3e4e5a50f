-- A history as version 1 of its tables kept it: two sessions, one of them twice.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    exercise TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    document TEXT NOT NULL
);
INSERT INTO sessions VALUES (1, 'me', 'heel-raise', '2026-01-05T08:00:00+01:00', '{"schema": 1, "exercise": "heel-raise", "source": "a.mp4", "duration_s": 8.0, "model": "full", "quality": {"coverage": 1.0, "view": "side", "warnings": []}, "reps": [{"number": 1, "side": "both", "start_s": 1.0, "peak_s": 2.0, "end_s": 3.5, "up_s": 0.8, "hold_s": 0.4, "down_s": 1.3, "measures": {"rise_shank": 0.15, "plantarflexion_deg": 28.0}, "target": 28.0, "reached": 1.0, "faults": [], "confidence": 0.95}], "holds": [], "findings": [], "not_graded": []}');
INSERT INTO sessions VALUES (2, 'me', 'heel-raise', '2026-01-05T08:10:00+01:00', '{"schema": 1, "exercise": "heel-raise", "source": "a.mp4", "duration_s": 8.0, "model": "full", "quality": {"coverage": 1.0, "view": "side", "warnings": []}, "reps": [{"number": 1, "side": "both", "start_s": 1.0, "peak_s": 2.0, "end_s": 3.5, "up_s": 0.8, "hold_s": 0.4, "down_s": 1.3, "measures": {"rise_shank": 0.15, "plantarflexion_deg": 28.0}, "target": 28.0, "reached": 1.0, "faults": [], "confidence": 0.95}], "holds": [], "findings": [], "not_graded": []}');
INSERT INTO sessions VALUES (3, 'Ann', 'calf-stretch', '2026-01-06T20:00:00+00:00', '{"schema": 1, "exercise": "calf-stretch", "source": "b.mp4", "duration_s": 40.0, "model": "full", "quality": {"coverage": 0.9, "view": "side", "warnings": []}, "reps": [], "holds": [{"side": "left", "start_s": 3.0, "end_s": 33.5, "held_s": 30.2, "target_s": 30.0, "measures": {"dorsiflexion_deg": 27.0}, "faults": []}], "findings": [], "not_graded": []}');
PRAGMA application_id = 1181708909;
PRAGMA user_version = 1;
