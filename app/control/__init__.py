"""Public control: hearings, discussions, monitoring, expertise, and reports of heads of bodies."""
