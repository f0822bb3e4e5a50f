"""`make accuracy`: prints the accuracy page and writes it to ACCURACY.md."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.bench.accuracy.auto import guesses, recognition
from tests.bench.accuracy.close_up import close_up_runs, close_up_table
from tests.bench.accuracy.run import phantoms, runs
from tests.bench.accuracy.table import counting, errors, faults, phantom_table
from tests.bench.accuracy.truth import Clip, all_clips

PAGE = Path(__file__).parents[3] / "ACCURACY.md"
SPLITS = {
    "unseen": "Clips that no threshold was chosen on: other seeds, cameras and rooms. "
    "(Twenty-eight more were made for this part, with the same people. What they showed led to "
    "changes, so they count as dev now: `calf_both_sides_l`, `calf_faults_h`, `calf_faults_i`, "
    "`clam_behind_k`, "
    "`clam_faults_l`, `clam_left_j`, `clam_right_i`, `close_heel_l`, `close_no_still_i`, "
    "`close_no_walk_through_h`, `close_scrunch_g`, `close_toe_lift_k`, `flex_front_k`, "
    "`flex_side_g`, `heel_therapist_k`, `no_arm_raises_k`, `no_arm_raises_l`, `no_crossed_legs_j`, "
    "`scrunch_side_h`, `scrunch_side_i`, `soleus_both_sides_h`, `soleus_j`, `toe_both_sides_h`, "
    "`toe_faults_j`, `toe_lift_oblique_j`, `toe_lift_side_g`, `toe_oblique_l`, `toe_side_k`. A "
    "weight in the fit of a repetition's times was checked on all clips.)",
    "dev": "Clips on which thresholds were chosen: shown so that the difference can be seen.",
}
INTRO = """# How right formcheck is

Measured by `make accuracy` on the rendered clips in `samples/clips`, whose joint angles are
commanded and therefore known. A clip's split, `unseen` or `dev`, stands in its script. Errors are
found minus true. "Exact clips" is the share of clips with exactly the right count; "error" the
mean absolute error of the count. Baselines on the same landmarks: two fixed angle thresholds on
one joint (the rule of the popular trainers), and SciPy's peak finder on formcheck's own signal.
Rendered people are not real people: see the README for what was checked on real video.
"""


CLOSE_UP = """## Close up (`--close-up`)

Clips of feet or lower legs alone. Where the count is right: the largest error of the start or end
of a repetition, and of the time at the top, in seconds. Negatives are counted as every exercise.
"""


def section(split: str, clips: list[Clip]) -> str:
    """One split: counts by exercise, view and model; phantoms; errors; faults."""
    full, lite = list(runs(clips, "full")), list(runs(clips, "lite"))
    found = list(phantoms(clips, "full"))
    parts = [
        f"## {split.capitalize()}\n\n{SPLITS[split]} {len(clips)} clips.\n",
        "### Counts, full model\n",
        counting(full, lambda run: str(run.score.clip.exercise)),
        "### Counts by view, full model\n",
        counting(full, lambda run: f"{run.score.clip.exercise}, {run.score.clip.view}"),
        "### Counts, lite model\n",
        counting(lite, lambda run: str(run.score.clip.exercise)),
        "### Phantoms: counted where the exercise is not done, full model\n",
        phantom_table(found),
        "### Errors of times and measures, full model\n",
        errors(full),
        "### Errors of times and measures, lite model\n",
        errors(lite),
        "### Faults, full model\n",
        faults(full),
        "### Recognised without being named (`--exercise auto`), full model\n",
        recognition(guesses(clips, "full")),
        "Clips: " + ", ".join(f"`{clip.name}`" for clip in clips) + "\n",
    ]
    return "\n".join(parts)


def main() -> None:
    """Print and write the page."""
    by_split = {split: [c for c in all_clips() if c.split == split] for split in SPLITS}
    by_split = {split: clips for split, clips in by_split.items() if clips}
    with ProcessPoolExecutor() as pool:
        close_up = pool.submit(close_up_section)
        sections = list(pool.map(section, by_split, by_split.values()))
        text = "\n".join([INTRO, *sections, close_up.result()])
    PAGE.write_text(text)
    print(text)


def close_up_section() -> str:
    """The clips of feet alone."""
    return "\n".join([CLOSE_UP, close_up_table(close_up_runs())])


if __name__ == "__main__":
    main()
