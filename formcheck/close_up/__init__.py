"""The close-up camera: feet or lower legs alone, where the pose model finds nobody."""
